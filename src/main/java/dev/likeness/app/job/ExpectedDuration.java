package dev.likeness.app.job;

import org.jspecify.annotations.Nullable;

/**
 * The expected duration of a job, without waiting for a worker and without downloads.
 *
 * @param seconds null if it is unknown
 * @param measuredJobs number of earlier jobs that the estimate is based on
 * @param reason why it is unknown; null if it is known
 */
public record ExpectedDuration(
        @Nullable Integer seconds,
        int measuredJobs,
        @Nullable String reason) {}
