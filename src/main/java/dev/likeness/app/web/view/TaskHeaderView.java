package dev.likeness.app.web.view;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.likeness.app.task.CancelReason;
import dev.likeness.app.task.Failure;
import dev.likeness.app.task.Task;
import dev.likeness.app.task.TaskStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.SchemaResolution;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The fields that every task has. The view of a task holds them beside its own. */
public record TaskHeaderView(
        UUID id,

        String object,

        TaskStatus status,

        ProgressView progress,

        @Schema(nullable = true, schemaResolution = SchemaResolution.INLINE) @Nullable
        ErrorView error,

        @Schema(nullable = true) @Nullable CancelReason cancelReason,

        @JsonUnwrapped TimesView times,

        @JsonUnwrapped OptionsView options) {

    /** @param object the name of the task's type in the API */
    public static TaskHeaderView of(Task task, String object) {
        Failure error = task.error();
        return new TaskHeaderView(
                task.id(),
                object,
                task.status(),
                ProgressView.of(task),
                error == null ? null : ErrorView.of(error),
                task.cancelReason(),
                new TimesView(task.createdAt(), task.startedAt(), task.completedAt(), task.cancelAt()),
                new OptionsView(task.priority(), new TreeMap<>(task.labels())));
    }

    record OptionsView(int priority, Map<String, String> labels) {}

    record TimesView(
            Instant createdAt,

            @Schema(nullable = true) @Nullable Instant startedAt,

            @Schema(nullable = true) @Nullable Instant completedAt,

            @Schema(nullable = true) @Nullable Instant cancelAt) {}
}
