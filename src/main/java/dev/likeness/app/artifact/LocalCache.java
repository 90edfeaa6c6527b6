package dev.likeness.app.artifact;

import dev.likeness.app.artifact.HashFolder.Named;
import dev.likeness.app.artifact.StorageException.Reason;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;

/**
 * A cache of remote files with a limited size, in a folder that the processes of a machine share. A copy's modification
 * time is the time of its last use. The least recently used copies are deleted first. A copy that was used within
 * {@link #IN_USE} is never deleted, because its reader may be about to open it. A reader that has opened a file can
 * read it to the end after its deletion.
 */
final class LocalCache {

    static final Duration IN_USE = Duration.ofMinutes(30);

    private static final Logger log = LoggerFactory.getLogger(LocalCache.class);

    /** A draft is written completely and then sent, which may take long. */
    private static final Duration DRAFT = Duration.ofDays(1);

    /** The folder is measured each time it has grown by this fraction. */
    private static final int FRACTION = 16;

    private final HashFolder folder;
    private final long limit;
    private final Clock clock;
    private final AtomicLong grown;

    LocalCache(Path folder, DataSize limit, Clock clock) {
        this.folder = new HashFolder(folder);
        this.limit = limit.toBytes();
        this.clock = clock;
        this.grown = new AtomicLong(this.limit);
    }

    /** @throws StorageException if there is no copy, or a damaged one */
    Path local(String sha256) {
        folder.touch(sha256, clock.instant());
        Path path = folder.local(sha256);
        if (!folder.contains(sha256)) {
            throw new StorageException(Reason.MISSING, "the copy of %s was just deleted".formatted(sha256), null);
        }
        return path;
    }

    /** @throws StorageException if there is no copy, or a damaged one */
    byte[] bytes(String sha256) {
        folder.touch(sha256, clock.instant());
        return folder.bytes(sha256);
    }

    /** Creates a draft. */
    Draft draft(String mediaType, ArtifactStore.Writer writer) {
        return folder.draft(mediaType, writer);
    }

    void keep(Draft draft) {
        folder.keep(draft);
        if (grown.addAndGet(draft.file().size()) >= limit / FRACTION) {
            grown.set(0);
            trim();
        }
    }

    void delete(String sha256) {
        folder.delete(sha256);
    }

    /**
     * Deletes copies of files that are no longer stored, and unfinished drafts.
     *
     * @param forgotten selects the files that are no longer stored
     */
    void forget(UnaryOperator<List<String>> forgotten) {
        Instant now = clock.instant();
        folder.deleteDrafts(now.minus(DRAFT));
        forgotten.apply(folder.names(now.minus(IN_USE))).forEach(folder::delete);
    }

    private synchronized void trim() {
        Instant inUse = clock.instant().minus(IN_USE);
        try {
            List<Named> copies = folder.all();
            long excess = copies.stream().mapToLong(Named::size).sum() - limit;
            for (Named copy : copies.stream()
                    .sorted(Comparator.comparing(Named::modified))
                    .toList()) {
                // Checked again, because it may have been used meanwhile.
                if (excess > 0 && !folder.isWrittenSince(copy.sha256(), inUse)) {
                    folder.delete(copy.sha256());
                    excess -= copy.size();
                }
            }
            if (excess > 0) {
                log.info(
                        "Local copies in use need {} more than likeness.artifacts.s3.cache-size",
                        DataSize.ofBytes(excess));
            }
        } catch (StorageException e) {
            // The next sweep tries again.
            log.warn("Local copies of files could not be deleted", e);
        }
    }
}
