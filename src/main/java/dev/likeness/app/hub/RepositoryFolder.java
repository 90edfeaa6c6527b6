package dev.likeness.app.hub;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The place of a repository in the cache: {@code OWNER/NAME/COMMIT} once it is complete, with hidden files for
 * incomplete downloads beside it. A branch is resolved once, to a commit. It stays at that commit until
 * {@code .revisions} is deleted.
 */
final class RepositoryFolder {

    private final Repository repository;
    private final Path home;

    RepositoryFolder(Path cache, Repository repository) {
        this.repository = repository;
        this.home = cache.resolve(repository.id());
    }

    Path lock() {
        return home.resolve(".lock");
    }

    /** The commit of the revision, if it is known. */
    Optional<String> commit() {
        if (Repository.isCommit(repository.revision())) {
            return Optional.of(repository.revision());
        }
        try {
            return Optional.of(Files.readString(pin()).strip()).filter(Repository::isCommit);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    void pin(String commit) throws IOException {
        if (!Repository.isCommit(repository.revision())) {
            Path draft = pin().resolveSibling(pin().getFileName() + ".incomplete");
            Files.createDirectories(draft.resolveSibling("."));
            Files.writeString(draft, commit + "\n");
            Files.move(draft, pin(), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private Path pin() {
        return home.resolve(".revisions").resolve(URLEncoder.encode(repository.revision(), StandardCharsets.UTF_8));
    }

    /** The downloaded folder, with weights if possible. */
    Optional<Snapshot> present() {
        return commit().flatMap(commit -> {
            if (Files.isDirectory(whole(commit))) {
                return Optional.of(new Snapshot(commit, whole(commit), true));
            }
            return Files.isDirectory(outline(commit))
                    ? Optional.of(new Snapshot(commit, outline(commit), false))
                    : Optional.empty();
        });
    }

    Path whole(String commit) {
        return home.resolve(name(commit));
    }

    /** The folder without weights. */
    Path outline(String commit) {
        return home.resolve(".%s.outline".formatted(name(commit)));
    }

    /** The temporary folder that is renamed to one of the two. */
    static Path draft(Path folder) {
        return folder.resolveSibling(
                ".%s.part".formatted(folder.getFileName().toString().replaceFirst("^\\.", "")));
    }

    private String name(String commit) {
        return repository.variant() == null ? commit : commit + "." + repository.variant();
    }
}
