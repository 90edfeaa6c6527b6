package dev.likeness.app.job;

import java.time.Instant;
import java.util.UUID;

/**
 * A job has become final. Published within the transaction that makes it so, in whichever process that is; a job that is
 * run again becomes final again.
 */
public record JobCompleted(UUID jobId, JobStatus status, Instant at) {}
