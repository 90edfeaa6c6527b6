package dev.likeness.app.job;

import java.time.Instant;
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
}
