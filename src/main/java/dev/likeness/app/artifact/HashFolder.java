package dev.likeness.app.artifact;

import dev.likeness.app.artifact.StorageException.Reason;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A folder of files named by their content: {@code ab/cd/abcd…}. A file is written under a temporary name, flushed to
 * the disk and renamed, so that even after a crash a name stands for its whole content.
 */
final class HashFolder {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final String DRAFTS = "tmp";
    private static final int BUFFER = 1 << 16;

    private final Path root;

    HashFolder(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    StoredFile write(String mediaType, ArtifactStore.Writer writer) {
        Path drafts = root.resolve(DRAFTS);
        Path temporary = drafts.resolve(UUID.randomUUID().toString());
        try {
            Files.createDirectories(drafts);
            MessageDigest digest = Sha256.digest();
            long size = writeTo(temporary, digest, writer);
            String sha256 = HexFormat.of().formatHex(digest.digest());
            Path folder = folder(sha256);
            Files.createDirectories(folder);
            Files.move(temporary, folder.resolve(sha256), StandardCopyOption.ATOMIC_MOVE);
            // The new name, and the names of the folders on the way to it.
            for (Path each = folder; each != null && each.startsWith(root); each = each.getParent()) {
                syncFolder(each);
            }
            return new StoredFile(sha256, size, mediaType);
        } catch (IOException e) {
            deleteQuietly(temporary, e);
            throw new StorageException(Reason.NOT_WRITTEN, "a file could not be written to the artifact store", e);
        } catch (RuntimeException e) {
            deleteQuietly(temporary, e);
            throw e;
        }
    }

    private static long writeTo(Path file, MessageDigest digest, ArtifactStore.Writer writer) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream out = new DigestOutputStream(new Unclosed(Channels.newOutputStream(channel)), digest);
            OutputStream buffered = new BufferedOutputStream(out, BUFFER);
            writer.writeTo(buffered);
            buffered.flush();
            channel.force(true);
            return channel.size();
        }
    }

    InputStream open(String sha256) {
        try {
            return new VerifyingInputStream(Files.newInputStream(path(sha256)), Sha256.digest(), sha256);
        } catch (NoSuchFileException e) {
            throw missing(sha256, e);
        } catch (IOException e) {
            throw new StorageException(Reason.NOT_READ, "file %s cannot be read".formatted(sha256), e);
        }
    }

    byte[] bytes(String sha256) {
        return read(sha256, InputStream::readAllBytes);
    }

    Path verified(String sha256) {
        return read(sha256, in -> {
            in.transferTo(OutputStream.nullOutputStream());
            return path(sha256);
        });
    }

    private <T> T read(String sha256, Reading<T> reading) {
        try (InputStream in = open(sha256)) {
            return reading.of(in);
        } catch (VerifyingInputStream.MismatchException e) {
            throw new StorageException(Reason.CORRUPT, "file %s is damaged".formatted(sha256), e);
        } catch (IOException e) {
            throw new StorageException(Reason.NOT_READ, "file %s cannot be read".formatted(sha256), e);
        }
    }

    /** Deletes what was begun before an instant and never finished. */
    void deleteDrafts(Instant before) {
        visit(root.resolve(DRAFTS), before, this::deleteDraft);
    }

    /** Names of the files that were written before an instant. */
    List<String> names(Instant before) {
        List<String> names = new ArrayList<>();
        visit(root, before, file -> {
            String name = file.getFileName().toString();
            if (SHA256.matcher(name).matches() && file.equals(path(name))) {
                names.add(name);
            }
        });
        return names;
    }

    /** Whether a file was written after an instant. */
    boolean isWrittenSince(String sha256, Instant instant) {
        try {
            return Files.getLastModifiedTime(path(sha256)).toInstant().isAfter(instant);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new StorageException(Reason.NOT_READ, "file %s cannot be read".formatted(sha256), e);
        }
    }

    private void deleteDraft(Path draft) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            throw new StorageException(Reason.NOT_WRITTEN, "a draft cannot be deleted", e);
        }
    }

    private static void visit(Path folder, Instant before, Consumer<Path> visitor) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.lastModifiedTime().toInstant().isBefore(before)) {
                        visitor.accept(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                /** Gone meanwhile, or the folder was never used. */
                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new StorageException(Reason.NOT_READ, "the artifact store cannot be looked through", e);
        }
    }

    boolean contains(String sha256) {
        return Files.exists(path(sha256));
    }

    void delete(String sha256) {
        try {
            Files.deleteIfExists(path(sha256));
        } catch (IOException e) {
            throw new StorageException(Reason.NOT_WRITTEN, "file %s cannot be deleted".formatted(sha256), e);
        }
    }

    private Path path(String sha256) {
        return folder(sha256).resolve(sha256);
    }

    private Path folder(String sha256) {
        if (!SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException("not a SHA-256 in hexadecimal: " + sha256);
        }
        return root.resolve(sha256.substring(0, 2)).resolve(sha256.substring(2, 4));
    }

    private static StorageException missing(String sha256, Throwable cause) {
        return new StorageException(Reason.MISSING, "file %s is missing".formatted(sha256), cause);
    }

    private static void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void deleteQuietly(Path file, Exception reason) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    /** Takes a file in. */
    private interface Reading<T> {
        T of(InputStream in) throws IOException;
    }

    /** Leaves the channel open for the flush to disk, also when the writer closes its stream. */
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
