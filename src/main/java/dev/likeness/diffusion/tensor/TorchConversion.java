package dev.likeness.diffusion.tensor;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** Makes safetensors files of what {@code torch.save} wrote. Nothing of that is executed: see {@link TorchFile}. */
public final class TorchConversion {

    /** Without this note transformers refuses a weight file. */
    private static final Map<String, String> METADATA = Map.of("format", "pt");

    /** Tensors may share their numbers, which safetensors cannot tell; many that do would fill any disk. */
    private static final int MOST_COPIES = 2;

    private TorchConversion() {}

    /**
     * Converts a state dict. Names, shapes and types stay, and no more than one tensor is ever in memory.
     *
     * @param to a new file, flushed to the disk
     * @throws InvalidModelException if the file is damaged, or holds anything but tensors
     * @throws IOException if the new one cannot be written
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
