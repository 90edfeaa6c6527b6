package dev.likeness.diffusion.tensor;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** Converts files of {@code torch.save} to safetensors. No code in them is executed: see {@link TorchFile}. */
public final class TorchConversion {

    /** Without this entry transformers refuses a weight file. */
    private static final Map<String, String> METADATA = Map.of("format", "pt");

    /** Tensors may share memory, which safetensors cannot express. Without a limit, the copies could fill any disk. */
    private static final int MOST_COPIES = 2;

    private TorchConversion() {}

    /**
     * Converts a state dict. Names, shapes and types stay the same, and at most one tensor is in memory at a time.
     *
     * @param to a new file; it is flushed to the disk
     * @throws InvalidModelException if the file is damaged, or contains anything but tensors
     * @throws IOException if the new file cannot be written
     */
    public static void convert(Path from, Path to) throws IOException {
        Map<String, SafeTensors.Entry> tensors = TorchFile.entries(from);
        requireBounded(from, tensors);
        SafeTensorsHeader header = new SafeTensorsHeader(METADATA);
        tensors.forEach((name, tensor) -> header.add(name, tensor.element(), tensor.shape()));
        try (FileChannel in = FileChannel.open(from);
                FileChannel out = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            write(out, ByteBuffer.wrap(header.toBytes()));
            for (SafeTensors.Entry tensor : tensors.values()) {
                if (tensor.strides() == null) {
                    copy(in, tensor, out);
                } else {
                    write(out, tensor.map());
                }
            }
            out.force(true);
        }
    }

    private static void requireBounded(Path from, Map<String, SafeTensors.Entry> tensors) throws IOException {
        long most = MOST_COPIES * Files.size(from);
        long bytes = 0;
        for (SafeTensors.Entry tensor : tensors.values()) {
            bytes += tensor.length();
            if (bytes > most) {
                throw new InvalidModelException("%s: its tensors share so much that they would take more than %d bytes"
                        .formatted(from.getFileName(), most));
            }
        }
    }

    private static void copy(FileChannel in, SafeTensors.Entry tensor, FileChannel out) throws IOException {
        long copied = 0;
        while (copied < tensor.length()) {
            long some = in.transferTo(tensor.begin() + copied, tensor.length() - copied, out);
            if (some <= 0) {
                throw new EOFException("the file ended early");
            }
            copied += some;
        }
    }

    private static void write(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }
}
