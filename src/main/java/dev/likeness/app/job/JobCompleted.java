package dev.likeness.app.job;

import dev.likeness.app.task.ErrorCode;
import dev.likeness.app.task.TaskStatus;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job has become final. Published within the transaction that makes it final, in any process. A job that runs again
 * becomes final again.
 *
 * @param code reason of a failure; null unless the job failed
 * @param setback reason why a newly chosen checkpoint did not become the result; otherwise null
 */
public record JobCompleted(
        UUID jobId,
        TaskStatus status,
        @Nullable ErrorCode code,
        @Nullable String setback,
        Instant at) {}
