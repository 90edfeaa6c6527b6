package dev.likeness.app.job;

import dev.likeness.app.task.ErrorCode;
import dev.likeness.app.task.JobStatus;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job has become final. Published within the transaction that makes it so, in whichever process that is; a job that is
 * run again becomes final again.
 *
 * @param code why it failed; null if it did not
 */
public record JobCompleted(
        UUID jobId, JobStatus status, @Nullable ErrorCode code, Instant at) {}
