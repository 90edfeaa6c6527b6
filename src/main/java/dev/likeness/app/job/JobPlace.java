package dev.likeness.app.job;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * A place in the list of jobs, which is ordered by creation, newest first. It stays where it is when jobs come and go.
 *
 * @param createdAt of the job there
 * @param id of the job there
 */
public record JobPlace(Instant createdAt, UUID id) {

    /** Newer than every job. */
    public static final JobPlace NEWEST = new JobPlace(Instant.parse("9999-12-31T00:00:00Z"), new UUID(-1, -1));

    static JobPlace of(Job job) {
        return new JobPlace(job.createdAt(), job.id());
    }

    /** Older than the job here, and newer than every other one that is. Instants are kept in microseconds. */
    JobPlace justOlder() {
        return new JobPlace(createdAt.minus(1, ChronoUnit.MICROS), new UUID(-1, -1));
    }

    /** Newer than the job here, and older than every other one that is. */
    JobPlace justNewer() {
        return new JobPlace(createdAt.plus(1, ChronoUnit.MICROS), new UUID(0, 0));
    }
}
