package dev.likeness.diffusion.singlefile;

import dev.likeness.diffusion.tensor.InvalidModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Checkpoints as Python pickles, which can run any code when they are loaded. */
final class Pickles {

    private static final List<String> ENDINGS = List.of(".ckpt", ".pt", ".pth", ".bin");

    /** First bytes of files by torch.save: of a zip archive, and of the format before. */
    private static final List<byte[]> BEGINNINGS =
            List.of(new byte[] {'P', 'K', 3, 4}, new byte[] {(byte) 0x80, 2, (byte) 0x8a, 10});

    private Pickles() {}

    /** @throws InvalidModelException if the file is a pickle, according to its name or first bytes */
    static void refuse(Path file) {
        String name = file.getFileName().toString();
        String lower = name.toLowerCase(Locale.ROOT);
        if (ENDINGS.stream().anyMatch(lower::endsWith) || beginsAsOne(file)) {
            throw new InvalidModelException(
                    name
                            + " is a Python pickle, which is not supported because it can contain code: convert it to safetensors");
        }
    }

    private static boolean beginsAsOne(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] first = in.readNBytes(BEGINNINGS.get(0).length);
            return BEGINNINGS.stream().anyMatch(beginning -> Arrays.equals(beginning, first));
        } catch (IOException e) {
            throw new InvalidModelException(file.getFileName() + " cannot be read", e);
        }
    }
}
