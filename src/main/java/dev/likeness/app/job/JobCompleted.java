package dev.likeness.app.job;

import dev.likeness.app.task.ErrorCode;
import dev.likeness.app.task.TaskStatus;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job has become final. Published within the transaction that makes it so, in whichever process that is. A job that runs
 * again becomes final again.
 *
 * @param code why it failed; null unless it failed
 * @param setback why another checkpoint that was chosen is not the result after all; null unless that has just turned out
 */
public record JobCompleted(
        UUID jobId,
        TaskStatus status,
        @Nullable ErrorCode code,
        @Nullable String setback,
        Instant at) {}
