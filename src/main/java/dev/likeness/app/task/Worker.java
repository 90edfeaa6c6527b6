package dev.likeness.app.task;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A registered worker.
 *
 * @param version of its software
 * @param work null without a task
 */
public record Worker(
        UUID id,
        WorkerState state,
        String version,
        Device device,
        Engine engine,
        @Nullable Work work,
        Instant startedAt,
        Instant lastSeen) {

    /**
     * Its device.
     *
     * @param name in PyTorch's naming
     * @param totalBytes all memory
     * @param taskBytes memory that a task may use: the free memory, and the part that the worker holds
     */
    public record Device(String name, long totalBytes, long taskBytes) {}

    /**
     * The result of its engine's check.
     *
     * @param summary what was compared, or what is wrong; null without a check
     * @param setting the safer setting in use; null without one
     */
    public record Engine(
            EngineCheckOutcome check,
            @Nullable String summary,
            @Nullable String setting) {}

    /**
     * The task that it runs.
     *
     * @param id null if the task belongs to another owner
     */
    public record Work(TaskRef.Kind kind, @Nullable UUID id) {}
}
