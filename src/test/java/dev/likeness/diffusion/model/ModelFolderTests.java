package dev.likeness.diffusion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.likeness.diffusion.tensor.InvalidModelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** The hash of a model, which is computed beside other work. */
class ModelFolderTests {

    private static final Path MODEL = Path.of("src/test/resources/goldens/tiny-sd1/model");
    private static final Path WEIGHTS = Path.of("vae/diffusion_pytorch_model.safetensors");

    @TempDir
    private Path folder;

    @BeforeEach
    void copy() throws IOException {
        FileSystemUtils.copyRecursively(MODEL, folder);
    }

    @Test
    void hashesNamesAndContentsOfTheFilesOfItsParts() throws Exception {
        Files.writeString(folder.resolve("README.md"), "no part");
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (String part : List.of("scheduler", "text_encoder", "tokenizer", "unet", "vae")) {
            for (Path file : files(folder.resolve(part))) {
                digest.update((folder.relativize(file) + "\0").getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
        }

        assertThat(hash()).isEqualTo(HexFormat.of().formatHex(digest.digest()));
    }

    @Test
    void anotherByteIsAnotherHash() throws Exception {
        String before = hash();
        Files.write(folder.resolve(WEIGHTS), new byte[1], StandardOpenOption.APPEND);

        assertThat(hash()).isNotEqualTo(before);
    }

    @Test
    void readsTheFilesWithoutBeingAskedForTheHash() throws Exception {
        String before = hash();

        ModelInfo info = new ModelFolder(folder).describe();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals(ModelHash.THREAD)));
        Files.write(folder.resolve(WEIGHTS), new byte[1], StandardOpenOption.APPEND);

        assertThat(info.hash()).isEqualTo(before);
    }

    @Test
    void reportsAFileThatCannotBeRead() throws Exception {
        ModelFolder model = new ModelFolder(folder);
        ModelInfo before = model.describe();
        assertThat(before.hash()).hasSize(64);
        FileSystemUtils.deleteRecursively(folder);

        ModelInfo info = model.describe();

        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(info::hash)
                .withMessage("cannot read the model's folder");
    }

    private String hash() {
        return new ModelFolder(folder).describe().hash();
    }

    private static List<Path> files(Path part) throws IOException {
        try (var all = Files.list(part)) {
            return all.sorted().toList();
        }
    }
}
