package dev.likeness.app.web.view;

import dev.likeness.app.job.LeasedTask;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(name = "Progress", description = "How far it is.")
public record ProgressView(
        @Schema(description = "Steps done of the present phase.", example = "120")
        int step,

        @Schema(description = "Steps of the present phase; 0 while nobody knows.", example = "400")
        int total,

        @Schema(description = "Seconds until the end, or null while nobody can tell.", example = "95", nullable = true)
        @Nullable
        Integer etaSeconds) {

    public static ProgressView of(LeasedTask task) {
        return new ProgressView(task.progressStep(), task.progressTotal(), task.etaSeconds());
    }
}
