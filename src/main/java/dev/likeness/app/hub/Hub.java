package dev.likeness.app.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Models of the Hugging Face Hub. A repository is downloaded in two steps, because an API process does not need the
 * weights: first the configuration, vocabularies and headers of the weights, then the weights. Each step is complete or
 * absent.
 */
@Component
public class Hub implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Hub.class);

    /** Few attempts for the outline, because a request may wait for it, and to detect an unreachable hub soon. */
    private static final int OUTLINE_ATTEMPTS = 3;

    private static final int ATTEMPTS = 6;

    private final HubSettings settings;
    private final HubClient client;
    private final Pause pause;
    private final FreeSpace freeSpace;

    @Autowired
    public Hub(HubSettings settings) {
        this(settings, Pause.SLEEP, folder -> Files.getFileStore(folder).getUsableSpace());
    }

    Hub(HubSettings settings, Pause pause, FreeSpace freeSpace) {
        this.settings = settings;
        this.client = new HubClient(settings.endpoint(), settings.token());
        this.pause = pause;
        this.freeSpace = freeSpace;
    }

    /** Returns how many bytes may still be written. */
    interface FreeSpace {
        long usable(Path folder) throws IOException;
    }

    /** The folder of a repository on this machine, with weights if possible. It makes no request. */
    public Optional<Snapshot> present(Repository repository) {
        return folder(repository).present();
    }

    /** Whether any process on this machine downloads from a repository. */
    public boolean isDownloading(Repository repository) {
        return RepositoryLock.isTaken(folder(repository).lock());
    }

    /**
     * The progress of the download of a repository's weights, by any process on this machine. Empty if they are complete, or
     * if no list of the files is downloaded yet. It makes no request.
     */
    public Optional<DownloadProgress> progress(Repository repository) {
        RepositoryFolder folder = folder(repository);
        return folder.present().filter(it -> !it.isWhole()).flatMap(outline -> {
            try {
                List<RemoteFile> weights = Manifest.read(outline.folder()).weights();
                Path draft = RepositoryFolder.draft(folder.whole(outline.commit()));
                return Optional.of(new DownloadProgress(
                        weights.stream()
                                .mapToLong(it -> FileDownload.present(draft, it))
                                .sum(),
                        weights.stream().mapToLong(RemoteFile::size).sum()));
            } catch (IOException e) {
                return Optional.empty();
            }
        });
    }

    /**
     * The folder of a repository, perhaps without weights. If nothing is downloaded yet, it downloads all files but the
     * weights, within seconds.
     *
     * @throws HubException if it cannot be downloaded
     */
    public Snapshot outline(Repository repository, DownloadWatch watch) {
        Optional<Snapshot> present = present(repository);
        return present.isPresent() ? present.get() : locked(repository, watch, () -> makeOutline(repository, watch));
    }

    /**
     * The folder of a repository with all needed files. Missing files are downloaded, which may take an hour.
     *
     * @throws HubException if it cannot be downloaded
     */
    public Snapshot whole(Repository repository, DownloadWatch watch) {
        Optional<Snapshot> present = present(repository).filter(Snapshot::isWhole);
        return present.isPresent() ? present.get() : locked(repository, watch, () -> makeWhole(repository, watch));
    }

    private interface Work {
        Snapshot run() throws IOException;
    }

    private Snapshot locked(Repository repository, DownloadWatch watch, Work work) {
        if (settings.offline()) {
            throw new HubException(
                    "%s is not on the server, and likeness.hub.offline forbids the download".formatted(repository));
        }
        try (RepositoryLock lock = RepositoryLock.take(folder(repository).lock(), repository, pause, watch)) {
            return work.run();
        } catch (IOException e) {
            throw new HubException("the files of %s cannot be stored on the server's disk".formatted(repository), e);
        }
    }

    private Snapshot makeOutline(Repository repository, DownloadWatch watch) throws IOException {
        RepositoryFolder folder = folder(repository);
        Optional<Snapshot> present = folder.present();
        if (present.isPresent()) {
            return present.get();
        }
        String commit =
                new OutlineDownload(client, new Retries(pause, OUTLINE_ATTEMPTS), repository, watch).run(folder);
        log.info("{} is at commit {}", repository, commit);
        return new Snapshot(commit, folder.outline(commit), false);
    }

    private Snapshot makeWhole(Repository repository, DownloadWatch watch) throws IOException {
        Snapshot outline = makeOutline(repository, watch);
        if (outline.isWhole()) {
            return outline;
        }
        RepositoryFolder folder = folder(repository);
        new WeightsDownload(client, new Retries(pause, ATTEMPTS), repository, watch, freeSpace).run(folder, outline);
        watch.complete(repository.toString(), outline.commit());
        return new Snapshot(outline.commit(), folder.whole(outline.commit()), true);
    }

    private RepositoryFolder folder(Repository repository) {
        return new RepositoryFolder(settings.cache(), repository);
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
