package dev.likeness.app.hub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.util.FileSystemUtils;

/** Downloads a repository without its weights: documents, and the headers of safetensors files. */
final class OutlineDownload {

    private static final long LARGEST_DOCUMENT = 1 << 26;
    private static final long LARGEST_HEADER = 100_000_000;

    private final HubClient client;
    private final Retries retries;
    private final Repository repository;
    private final DownloadWatch watch;

    OutlineDownload(HubClient client, Retries retries, Repository repository, DownloadWatch watch) {
        this.client = client;
        this.retries = retries;
        this.repository = repository;
        this.watch = watch;
    }

    /** @return the commit of the revision */
    String run(RepositoryFolder folder) throws IOException {
        String revision = folder.commit().orElse(repository.revision());
        HubClient.Listing listing = retries.run(repository, watch, () -> client.list(repository, revision));
        String commit = listing.commit();
        if (!Files.isDirectory(folder.outline(commit))) {
            Path draft = RepositoryFolder.draft(folder.outline(commit));
            FileSystemUtils.deleteRecursively(draft);
            Files.createDirectories(draft);
            fill(draft, commit, manifest(listing));
            Files.move(draft, folder.outline(commit), StandardCopyOption.ATOMIC_MOVE);
        }
        folder.pin(commit);
        return commit;
    }

    private Manifest manifest(HubClient.Listing listing) {
        Map<String, HubClient.Listed> listed = new TreeMap<>();
        listing.files().forEach(file -> listed.put(file.path(), file));
        Layout.Needed needed = repository.layout().choose(repository, listed.keySet());
        List<RemoteFile> files = new ArrayList<>();
        for (String path : needed.documents()) {
            RemoteFile document = file(listing.commit(), listed, path, false);
            if (document.size() > LARGEST_DOCUMENT) {
                throw new HubException("%s of %s has %d bytes; the limit is %d"
                        .formatted(path, repository, document.size(), LARGEST_DOCUMENT));
            }
            files.add(document);
        }
        needed.weights().forEach(path -> files.add(file(listing.commit(), listed, path, true)));
        return new Manifest(files);
    }

    private RemoteFile file(String commit, Map<String, HubClient.Listed> listed, String path, boolean weights) {
        HubClient.Listed file = listed.get(path);
        if (file == null || file.size() == null || file.checksum() == null) {
            file = retries.run(repository, watch, () -> client.describe(repository, commit, path));
        }
        if (file.size() == null) {
            throw new HubException("the model hub did not return the size of %s of %s".formatted(path, repository));
        }
        return new RemoteFile(path, file.size(), file.checksum(), weights);
    }

    private void fill(Path draft, String commit, Manifest manifest) throws IOException {
        for (RemoteFile document : manifest.documents()) {
            new FileDownload(client, repository, commit, document, draft).run(retries, watch, bytes -> {});
        }
        for (RemoteFile weights : manifest.weights()) {
            if (!weights.isIndex() && !TorchFiles.is(weights.path())) {
                byte[] header = header(commit, weights);
                Path file = draft.resolve(weights.path() + Snapshot.HEADER);
                Files.createDirectories(file.resolveSibling("."));
                Files.write(file, header);
            }
        }
        manifest.write(draft);
    }

    private byte[] header(String commit, RemoteFile file) {
        ByteBuffer length = ByteBuffer.wrap(read(commit, file, 0, Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        long bytes = length.getLong();
        if (bytes < 2 || bytes > LARGEST_HEADER || bytes > file.size() - Long.BYTES) {
            throw new HubException("%s of %s is not a safetensors file".formatted(file.path(), repository));
        }
        return read(commit, file, Long.BYTES, (int) bytes);
    }

    private byte[] read(String commit, RemoteFile file, int from, int count) {
        Map<String, String> range = Map.of("Range", "bytes=%d-%d".formatted(from, from + count - 1));
        return retries.run(repository, watch, () -> {
            try (HubAnswer answer = client.open(repository, commit, file.path(), range)) {
                if (answer.status() != 206) {
                    // The answer is the whole file.
                    answer.body().skipNBytes(from);
                }
                byte[] bytes = answer.body().readNBytes(count);
                if (bytes.length < count) {
                    throw new IOException("the header of %s is truncated".formatted(file.path()));
                }
                return bytes;
            }
        });
    }
}
