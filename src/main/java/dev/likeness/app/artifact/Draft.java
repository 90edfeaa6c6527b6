package dev.likeness.app.artifact;

import dev.likeness.app.artifact.StorageException.Reason;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A complete file with a temporary name, flushed to the disk. Closing deletes it, unless it was moved.
 *
 * @param path its location
 * @param file the file that it becomes
 */
record Draft(Path path, StoredFile file) implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Draft.class);

    private static final int BUFFER = 1 << 16;

    /** @throws StorageException if it cannot be written; then nothing is left behind */
    static Draft write(Path folder, String mediaType, ArtifactStore.Writer writer) {
        Path temporary = folder.resolve(UUID.randomUUID().toString());
        try {
            Files.createDirectories(folder);
            MessageDigest digest = Sha256.digest();
            long size = write(temporary, digest, writer);
            return new Draft(temporary, new StoredFile(HexFormat.of().formatHex(digest.digest()), size, mediaType));
        } catch (IOException e) {
            delete(temporary);
            throw notWritten(e);
        } catch (RuntimeException e) {
            delete(temporary);
            throw e;
        }
    }

    private static long write(Path file, MessageDigest digest, ArtifactStore.Writer writer) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream out = new DigestOutputStream(new Unclosed(Channels.newOutputStream(channel)), digest);
            OutputStream buffered = new BufferedOutputStream(out, BUFFER);
            writer.writeTo(buffered);
            buffered.flush();
            channel.force(true);
            return channel.size();
        }
    }

    static StorageException notWritten(Throwable cause) {
        return new StorageException(Reason.NOT_WRITTEN, "a file could not be written to the artifact store", cause);
    }

    @Override
    public void close() {
        delete(path);
    }

    private static void delete(Path draft) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            log.warn("a draft could not be deleted; the next sweep deletes it", e);
        }
    }

    /** Keeps the channel open for the flush to disk, even if the writer closes its stream. */
    private static final class Unclosed extends FilterOutputStream {

        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
