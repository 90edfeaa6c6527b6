package dev.likeness.diffusion.singlefile;

import dev.likeness.diffusion.tensor.SafeTensorsHeader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes a planned folder, and flushes each file to the disk. At most one tensor is in memory at a time. */
final class FolderWriter {

    /** Without this entry transformers refuses a weight file. */
    private static final Map<String, String> METADATA = Map.of("format", "pt");

    private final Path folder;

    FolderWriter(Path folder) {
        this.folder = folder;
    }

    void write(FolderPlan plan) throws IOException {
        for (Map.Entry<String, ObjectNode> document : plan.documents().entrySet()) {
            write(
                    document.getKey(),
                    JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsBytes(document.getValue()));
        }
        for (String tokenizer : plan.tokenizers()) {
            for (String file : plan.vocabulary().files()) {
                write(tokenizer + "/" + file, plan.vocabulary().read(file));
            }
        }
        try (FileChannel checkpoint = FileChannel.open(plan.checkpoint())) {
            for (Map.Entry<String, List<Piece>> weights : plan.weights().entrySet()) {
                write(weights.getKey(), weights.getValue(), checkpoint);
            }
        }
    }

    private void write(String path, byte[] bytes) throws IOException {
        try (FileChannel out = create(path)) {
            writeAll(out, ByteBuffer.wrap(bytes));
            out.force(true);
        }
    }

    private void write(String path, List<Piece> pieces, FileChannel checkpoint) throws IOException {
        SafeTensorsHeader header = new SafeTensorsHeader(METADATA);
        pieces.forEach(piece -> header.add(piece.name(), piece.element(), piece.shape()));
        try (FileChannel out = create(path)) {
            writeAll(out, ByteBuffer.wrap(header.toBytes()));
            for (Piece piece : pieces) {
                if (piece.transposed()) {
                    writeAll(out, transposed(piece, checkpoint));
                } else {
                    copy(piece, checkpoint, out);
                }
            }
            out.force(true);
        }
    }

    private FileChannel create(String path) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private static void writeAll(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private static void copy(Piece piece, FileChannel from, FileChannel to) throws IOException {
        long copied = 0;
        while (copied < piece.length()) {
            long some = from.transferTo(piece.begin() + copied, piece.length() - copied, to);
            if (some <= 0) {
                throw new EOFException("the checkpoint ended early");
            }
            copied += some;
        }
    }

    private static ByteBuffer transposed(Piece piece, FileChannel from) throws IOException {
        ByteBuffer source = ByteBuffer.allocate(Math.toIntExact(piece.length()));
        while (source.hasRemaining()) {
            if (from.read(source, piece.begin() + source.position()) < 0) {
                throw new EOFException("the checkpoint ended early");
            }
        }
        int size = piece.element().bytes();
        int rows = Math.toIntExact(piece.shape()[0]);
        int columns = Math.toIntExact(piece.shape()[1]);
        byte[] bytes = source.array();
        ByteBuffer target = ByteBuffer.allocate(bytes.length);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                target.put(bytes, (column * rows + row) * size, size);
            }
        }
        return target.flip();
    }
}
