package dev.likeness.app.task;

import java.util.UUID;

/**
 * The right to work on a task, until another worker gets it.
 *
 * @param taskId of the job, the generation, the captions or the evaluation
 * @param attempt increases with every lease; writes with an older attempt are refused
 */
public record Lease(UUID taskId, int attempt) {}
