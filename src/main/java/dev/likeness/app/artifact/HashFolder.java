package dev.likeness.app.artifact;

import dev.likeness.app.artifact.StorageException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * A folder of files named by their content: {@code ab/cd/abcd…}. A file is written under a temporary name, flushed to
 * the disk and renamed. So even after a crash, a name always has its complete content.
 */
final class HashFolder implements Contents {

    private static final String DRAFTS = "tmp";

    private final Path root;

    HashFolder(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public StoredFile write(String mediaType, ArtifactStore.Writer writer) {
        try (Draft draft = draft(mediaType, writer)) {
            keep(draft);
            return draft.file();
        }
    }

    /** Writes a draft. */
    Draft draft(String mediaType, ArtifactStore.Writer writer) {
        return Draft.write(root.resolve(DRAFTS), mediaType, writer);
    }

    /** Renames a draft to its final name. */
    void keep(Draft draft) {
        try {
            Path folder = folder(draft.file().sha256());
            Files.createDirectories(folder);
            Files.move(draft.path(), folder.resolve(draft.file().sha256()), StandardCopyOption.ATOMIC_MOVE);
            // Flushes the new name, and the names of its parent folders.
            for (Path each = folder; each != null && each.startsWith(root); each = each.getParent()) {
                syncFolder(each);
            }
        } catch (IOException e) {
            throw Draft.notWritten(e);
        }
    }

    @Override
    public InputStream open(String sha256) {
        try {
            Path path = path(sha256);
            long size = Files.size(path);
            return new VerifyingInputStream(Files.newInputStream(path), size, sha256);
        } catch (NoSuchFileException e) {
            throw missing(sha256, e);
        } catch (IOException e) {
            throw notRead(sha256, e);
        }
    }

    @Override
    public byte[] bytes(String sha256) {
        return read(sha256, InputStream::readAllBytes);
    }

    @Override
    public Path local(String sha256) {
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
            throw notRead(sha256, e);
        }
    }

    @Override
    public void deleteDrafts(Instant before) {
        visit(root.resolve(DRAFTS), (draft, attributes) -> {
            if (attributes.lastModifiedTime().toInstant().isBefore(before)) {
                deleteDraft(draft);
            }
        });
    }

    @Override
    public List<String> names(Instant before) {
        return all().stream()
                .filter(it -> it.modified().isBefore(before))
                .map(Named::sha256)
                .toList();
    }

    /** All stored files. */
    List<Named> all() {
        List<Named> all = new ArrayList<>();
        visit(root, (file, attributes) -> {
            String name = file.getFileName().toString();
            if (Sha256.isName(name) && file.equals(path(name))) {
                all.add(new Named(
                        name, attributes.size(), attributes.lastModifiedTime().toInstant()));
            }
        });
        return all;
    }

    @Override
    public boolean isWrittenSince(String sha256, Instant instant) {
        try {
            return Files.getLastModifiedTime(path(sha256)).toInstant().isAfter(instant);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw notRead(sha256, e);
        }
    }

    /**
     * Changes a file's modification time.
     *
     * @throws StorageException if it is missing
     */
    void touch(String sha256, Instant instant) {
        try {
            Files.setLastModifiedTime(path(sha256), FileTime.from(instant));
        } catch (NoSuchFileException e) {
            throw missing(sha256, e);
        } catch (IOException e) {
            throw notRead(sha256, e);
        }
    }

    private static void deleteDraft(Path draft) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            throw new StorageException(Reason.NOT_WRITTEN, "a draft cannot be deleted", e);
        }
    }

    private static void visit(Path folder, BiConsumer<Path, BasicFileAttributes> visitor) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    visitor.accept(file, attributes);
                    return FileVisitResult.CONTINUE;
                }

                /** It was deleted meanwhile, or the folder was never used. */
                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new StorageException(Reason.NOT_READ, "the artifact store cannot be listed", e);
        }
    }

    @Override
    public boolean contains(String sha256) {
        return Files.exists(path(sha256));
    }

    @Override
    public void delete(String sha256) {
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
        Sha256.requireName(sha256);
        return root.resolve(sha256.substring(0, 2)).resolve(sha256.substring(2, 4));
    }

    private static StorageException missing(String sha256, Throwable cause) {
        return new StorageException(Reason.MISSING, "file %s is missing".formatted(sha256), cause);
    }

    private static StorageException notRead(String sha256, Throwable cause) {
        return new StorageException(Reason.NOT_READ, "file %s cannot be read".formatted(sha256), cause);
    }

    private static void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /**
     * A stored file.
     *
     * @param size bytes
     * @param modified when it was last written or touched
     */
    record Named(String sha256, long size, Instant modified) {}

    /** Accepts a file. */
    private interface Reading<T> {
        T of(InputStream in) throws IOException;
    }
}
