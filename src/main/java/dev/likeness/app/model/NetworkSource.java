package dev.likeness.app.model;

import dev.likeness.app.hub.DownloadWatch;
import dev.likeness.app.hub.Hub;
import dev.likeness.app.hub.Repository;
import dev.likeness.app.hub.Snapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A network that the operator has named for a purpose: a folder, or a repository, which is downloaded when it is needed. */
final class NetworkSource {

    private final Hub hub;
    private final Path folder;
    private final @Nullable Repository repository;

    /**
     * @param property where it is named
     * @param value a folder, or {@code OWNER/NAME}, or {@code OWNER/NAME@REVISION}
     * @throws UnusableModelException if it is neither
     */
    NetworkSource(String property, String value, Hub hub) {
        this.hub = hub;
        this.folder = Path.of(value).toAbsolutePath().normalize();
        boolean isFolder = Files.isDirectory(folder);
        if (isFolder && !Files.isRegularFile(folder.resolve("config.json"))) {
            throw new UnusableModelException(value, "%s names it, but it has no config.json".formatted(property));
        }
        if (!isFolder && !Repository.isReference(value)) {
            throw new UnusableModelException(value, "%s names it, but there is no such folder".formatted(property));
        }
        this.repository = isFolder ? null : Repository.network(value);
    }

    /** As a repository's on the hub: two parts, without where they are on the server. */
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

    /** All of it, if that is here. */
    Optional<Path> present() {
        return repository == null
                ? Optional.of(folder)
                : hub.present(repository).filter(Snapshot::isWhole).map(Snapshot::folder);
    }

    /**
     * All of it.
     *
     * @throws dev.likeness.app.hub.HubException if it cannot be downloaded
     */
    Path folder(DownloadWatch watch) {
        return repository == null ? folder : hub.whole(repository, watch).folder();
    }
}
