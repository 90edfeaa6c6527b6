package dev.likeness.app.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Models of the Hugging Face Hub. A repository is downloaded in two steps, since an API process needs only to know what a
 * model is like: first its configuration, vocabularies and the headers of its weights, then the weights. Each is either
 * there as a whole or not at all.
 */
@Component
public class Hub implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Hub.class);

    /** Who asks for the outline may be a request that waits, and a hub out of reach is noticed here. */
    private static final int OUTLINE_ATTEMPTS = 3;

    private static final int ATTEMPTS = 6;

    private final HubSettings settings;
    private final HubClient client;
    private final Pause pause;
    private final Room room;

    @Autowired
    public Hub(HubSettings settings) {
        this(settings, Pause.SLEEP, folder -> Files.getFileStore(folder).getUsableSpace());
    }

    Hub(HubSettings settings, Pause pause, Room room) {
        this.settings = settings;
        this.client = new HubClient(settings.endpoint(), settings.token());
        this.pause = pause;
        this.room = room;
    }

    /** Tells how many bytes may still be written. */
    interface Room {
        long usable(Path folder) throws IOException;
    }

    /** What of a repository is on this machine, the whole if possible. Asks nobody. */
    public Optional<Snapshot> present(Repository repository) {
        return folder(repository).present();
    }

    /** Whether a thread of any process on this machine downloads from a repository. */
    public boolean isDownloading(Repository repository) {
        return RepositoryLock.isTaken(folder(repository).lock());
    }

    /**
     * What is there of a repository; if that is nothing, all but its weights is downloaded, within seconds.
     *
     * @throws HubException if it cannot be had
     */
    public Snapshot outline(Repository repository, DownloadWatch watch) {
        Optional<Snapshot> present = present(repository);
        return present.isPresent() ? present.get() : alone(repository, watch, () -> makeOutline(repository, watch));
    }

    /**
     * All that is needed of a repository, downloaded unless it is there, which may take an hour.
     *
     * @throws HubException if it cannot be had
     */
    public Snapshot whole(Repository repository, DownloadWatch watch) {
        Optional<Snapshot> present = present(repository).filter(Snapshot::isWhole);
        return present.isPresent() ? present.get() : alone(repository, watch, () -> makeWhole(repository, watch));
    }

    private interface Work {
        Snapshot run() throws IOException;
    }

    private Snapshot alone(Repository repository, DownloadWatch watch, Work work) {
        if (settings.offline()) {
            throw new HubException(
                    "%s is not on the server, and likeness.hub.offline forbids to download it".formatted(repository));
        }
        try (RepositoryLock lock = RepositoryLock.take(folder(repository).lock(), repository, pause, watch)) {
            return work.run();
        } catch (IOException e) {
            throw new HubException("the files of %s cannot be kept on the server's disk".formatted(repository), e);
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
        new WeightsDownload(client, new Retries(pause, ATTEMPTS), repository, watch, room).run(folder, outline);
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
