package dev.likeness.app.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.springframework.util.unit.DataSize;

/** Downloads the weights of an outline. After a stop, the downloaded part stays for the next attempt. */
final class WeightsDownload {

    private final HubClient client;
    private final Retries retries;
    private final Repository repository;
    private final DownloadWatch watch;
    private final Hub.FreeSpace freeSpace;

    WeightsDownload(
            HubClient client, Retries retries, Repository repository, DownloadWatch watch, Hub.FreeSpace freeSpace) {
        this.client = client;
        this.retries = retries;
        this.repository = repository;
        this.watch = watch;
        this.freeSpace = freeSpace;
    }

    void run(RepositoryFolder folder, Snapshot outline) throws IOException {
        Manifest manifest = Manifest.read(outline.folder());
        Path whole = folder.whole(outline.commit());
        Path draft = RepositoryFolder.draft(whole);
        for (RemoteFile document : manifest.documents()) {
            Path copy = draft.resolve(document.path());
            Files.createDirectories(copy.resolveSibling("."));
            Files.copy(outline.folder().resolve(document.path()), copy, StandardCopyOption.REPLACE_EXISTING);
        }
        List<RemoteFile> weights = manifest.weights();
        requireFreeSpace(draft, outline.commit(), weights);
        long total = weights.stream().mapToLong(RemoteFile::size).sum();
        long before = 0;
        for (RemoteFile file : weights) {
            if (!Files.exists(draft.resolve(TorchFiles.converted(file.path())))) {
                download(draft, outline.commit(), file, before, total);
            }
            before += file.size();
            watch.progress(repository.toString(), before, total);
        }
        Files.move(draft, whole, StandardCopyOption.ATOMIC_MOVE);
    }

    private void download(Path draft, String commit, RemoteFile file, long before, long total) throws IOException {
        new FileDownload(client, repository, commit, file, draft)
                .run(retries, watch, bytes -> watch.progress(repository.toString(), before + bytes, total));
        if (TorchFiles.is(file.path())) {
            watch.check();
            TorchFiles.convert(repository, draft, file.path());
        }
    }

    /** The remaining bytes, and the largest PyTorch file once more for its conversion. */
    private void requireFreeSpace(Path draft, String commit, List<RemoteFile> weights) throws IOException {
        long needed = 0;
        long twice = 0;
        for (RemoteFile file : weights) {
            if (!Files.exists(draft.resolve(TorchFiles.converted(file.path())))) {
                needed += file.size() - new FileDownload(client, repository, commit, file, draft).present();
                twice = Math.max(twice, TorchFiles.is(file.path()) ? file.size() : 0);
            }
        }
        long usable = freeSpace.usable(draft);
        if (needed + twice > usable) {
            throw new HubException("%s needs %d MB more, but the server's disk has only %d MB left"
                    .formatted(
                            repository,
                            DataSize.ofBytes(needed + twice).toMegabytes() + 1,
                            DataSize.ofBytes(usable).toMegabytes()));
        }
    }
}
