package dev.likeness.app.job;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * A place in a list that is ordered by creation, newest first: that of jobs, or of anything else with an id. It stays where it
 * is when entries come and go.
 *
 * @param createdAt of the entry there
 * @param id of the entry there
 */
public record JobPlace(Instant createdAt, UUID id) {

    /** Newer than every entry. */
    public static final JobPlace NEWEST = new JobPlace(Instant.parse("9999-12-31T00:00:00Z"), new UUID(-1, -1));

    static JobPlace of(Job job) {
        return new JobPlace(job.createdAt(), job.id());
    }

    /** Older than the entry here, and newer than every other one that is. Instants are kept in microseconds. */
    public JobPlace justOlder() {
        return new JobPlace(createdAt.minus(1, ChronoUnit.MICROS), new UUID(-1, -1));
    }

    /** Newer than the entry here, and older than every other one that is. */
    public JobPlace justNewer() {
        return new JobPlace(createdAt.plus(1, ChronoUnit.MICROS), new UUID(0, 0));
    }
}
