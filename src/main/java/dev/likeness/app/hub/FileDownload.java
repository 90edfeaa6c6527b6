package dev.likeness.app.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Downloads one file under a temporary name. It continues where an earlier attempt ended, also an attempt of another
 * process. The file gets its final name once it is complete, verified and on the disk.
 */
final class FileDownload {

    private static final int BUFFER = 1 << 20;

    private final HubClient client;
    private final Repository repository;
    private final String commit;
    private final RemoteFile file;
    private final Path target;
    private final Path draft;
    private final Path tag;
    private boolean wrong;

    /** @param folder that the file's path begins in */
    FileDownload(HubClient client, Repository repository, String commit, RemoteFile file, Path folder) {
        this.client = client;
        this.repository = repository;
        this.commit = commit;
        this.file = file;
        this.target = folder.resolve(file.path());
        this.draft = incomplete(target);
        this.tag = target.resolveSibling(target.getFileName() + ".etag");
    }

    /** Number of downloaded bytes. */
    long present() {
        try {
            return Files.exists(target) ? file.size() : Files.exists(draft) ? Files.size(draft) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Number of downloaded bytes of a file, also after the conversion of a PyTorch file. */
    static long present(Path folder, RemoteFile file) {
        Path target = folder.resolve(file.path());
        if (Files.exists(target) || Files.exists(folder.resolve(TorchFiles.converted(file.path())))) {
            return file.size();
        }
        try {
            return Math.min(file.size(), Files.size(incomplete(target)));
        } catch (IOException e) {
            return 0;
        }
    }

    private static Path incomplete(Path target) {
        return target.resolveSibling(target.getFileName() + ".incomplete");
    }

    /** @param progress receives the number of downloaded bytes */
    void run(Retries retries, DownloadWatch watch, LongConsumer progress) throws IOException {
        if (Files.exists(target)) {
            return;
        }
        Files.createDirectories(target.resolveSibling("."));
        retries.run(repository, watch, this::present, () -> {
            attempt(watch, progress);
            return target;
        });
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.deleteIfExists(tag);
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private void attempt(DownloadWatch watch, LongConsumer progress) throws IOException {
        if (present() > file.size()) {
            discard();
        }
        if (present() < file.size() || !Files.exists(draft)) {
            transfer(watch, progress);
        }
        if (present() != file.size()) {
            throw new IOException("%s ends after %d of %d bytes".formatted(file.path(), present(), file.size()));
        }
        Checksum checksum = file.checksum();
        if (checksum != null && !checksum.fits(draft, watch)) {
            discard();
            if (wrong) {
                throw new HubException(
                        "%s of %s does not match the checksum of the model hub".formatted(file.path(), repository));
            }
            wrong = true;
            throw new IOException("%s does not match its checksum".formatted(file.path()));
        }
    }

    private void discard() throws IOException {
        Files.deleteIfExists(draft);
        Files.deleteIfExists(tag);
    }

    private void transfer(DownloadWatch watch, LongConsumer progress) throws IOException {
        long present = present();
        try (HubAnswer answer = client.open(repository, commit, file.path(), range(present))) {
            boolean continues = answer.status() == 206 && continuesAt(present, answer);
            if (answer.status() == 416 || answer.status() == 206 && !continues) {
                discard();
                throw new IOException("the download of %s cannot resume at byte %d".formatted(file.path(), present));
            }
            if (!continues) {
                discard();
                note(answer.header("ETag"));
            }
            copy(answer.body(), watch, progress);
        }
    }

    /** Without a strong entity tag, only the checksum detects a changed file. */
    private Map<String, String> range(long present) throws IOException {
        if (present == 0) {
            return Map.of();
        }
        String range = "bytes=%d-".formatted(present);
        return Files.exists(tag) ? Map.of("Range", range, "If-Range", Files.readString(tag)) : Map.of("Range", range);
    }

    private boolean continuesAt(long present, HubAnswer answer) {
        String range = answer.header("Content-Range");
        return range != null && range.equals("bytes %d-%d/%d".formatted(present, file.size() - 1, file.size()));
    }

    private void note(@Nullable String entityTag) throws IOException {
        if (entityTag != null && entityTag.startsWith("\"")) {
            Files.writeString(tag, entityTag);
        }
    }

    private void copy(InputStream in, DownloadWatch watch, LongConsumer progress) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (FileChannel out = FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            while (out.size() < file.size()) {
                watch.check();
                int most = (int) Math.min(BUFFER, file.size() - out.size());
                // Written piece by piece, so that the data before a broken connection is kept.
                int read = in.read(buffer, 0, most);
                if (read < 0) {
                    return;
                }
                write(out, ByteBuffer.wrap(buffer, 0, read));
                progress.accept(out.size());
            }
        }
    }

    /** Failures of the local disk, as opposed to failures of the hub. */
    private void write(FileChannel out, ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        } catch (IOException e) {
            throw new HubException(
                    "%s cannot be stored: the server's disk is full or defective".formatted(repository), e);
        }
    }
}
