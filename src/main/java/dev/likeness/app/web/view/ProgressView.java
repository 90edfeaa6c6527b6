package dev.likeness.app.web.view;

import dev.likeness.app.task.Task;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(name = "Progress")
public record ProgressView(
        int step,

        int total,

        @Schema(nullable = true) @Nullable Integer etaSeconds) {

    public static ProgressView of(Task task) {
        return new ProgressView(task.progressStep(), task.progressTotal(), task.etaSeconds());
    }
}
