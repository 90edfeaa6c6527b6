package dev.likeness.app.model;

import dev.likeness.app.hub.DownloadWatch;
import dev.likeness.app.hub.Hub;
import dev.likeness.app.hub.Repository;
import dev.likeness.app.hub.Snapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A network that the operator has configured: a folder, or a repository that is downloaded at first use. */
final class NetworkSource {

    private final Hub hub;
    private final Path folder;
    private final @Nullable Repository repository;

    /**
     * @param property that names it
     * @param value a folder, or {@code OWNER/NAME}, or {@code OWNER/NAME@REVISION}
     * @throws UnusableModelException if the value has neither form
     */
    NetworkSource(String property, String value, Hub hub) {
        this.hub = hub;
        this.folder = Path.of(value).toAbsolutePath().normalize();
        boolean isFolder = Files.isDirectory(folder);
        if (isFolder && !Files.isRegularFile(folder.resolve("config.json"))) {
            throw new UnusableModelException(value, "%s names it, but it has no config.json".formatted(property));
        }
        if (!isFolder && !Repository.isReference(value)) {
            throw new UnusableModelException(value, "%s names it, but the folder does not exist".formatted(property));
        }
        this.repository = isFolder ? null : Repository.network(value);
    }

    /** The last two parts of the path, like the id of a repository, without the server's folders. */
    String name() {
        if (repository != null) {
            return repository.id();
        }
        int parts = folder.getNameCount();
        return folder.subpath(Math.max(0, parts - 2), parts).toString();
    }

    /**
     * Its configuration and vocabularies.
     *
     * @throws dev.likeness.app.hub.HubException if it cannot be downloaded
     */
    Path documents() {
        return repository == null
                ? folder
                : hub.outline(repository, DownloadWatch.NONE).folder();
    }

    /** The complete folder, if it exists. */
    Optional<Path> present() {
        return repository == null
                ? Optional.of(folder)
                : hub.present(repository).filter(Snapshot::isWhole).map(Snapshot::folder);
    }

    /**
     * The complete folder.
     *
     * @throws dev.likeness.app.hub.HubException if it cannot be downloaded
     */
    Path folder(DownloadWatch watch) {
        return repository == null ? folder : hub.whole(repository, watch).folder();
    }
}
