package dev.likeness.app.spec;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/** Settings for scoring checkpoints, and for the choice of the resulting one. */
@Schema(name = "Evaluation")
public record ScoringSpec(
        @Min(1) @Max(100) int checkpoints,

        @Schema(nullable = true) @Nullable @Size(max = 64) String promptList,

        @Min(0) @Max(64) int promptsPerKind,

        @Size(min = 1, max = 64) @JsonDeserialize(contentUsing = OneLine.class)
        List<@NotBlank @Size(max = PlainText.PROMPT) @PlainText @Placeholders @PromptGrammar String> prompts,

        @Min(1) @Max(16) int imagesPerPrompt,

        @Min(2) @Max(64) int classImages,

        @Min(0) @Max(JobSpec.MAX_SEED) long seed,

        KeptWeights keep,

        @DecidingMetric String score,

        @DecimalMin("0") @DecimalMax("1") double promptFloor,

        @Min(0) @Max(100) int patience) {

    public ScoringSpec {
        prompts = List.copyOf(prompts);
    }

    /** Whether the weights after a step are scored during training. Those of the last step are scored after it. */
    public boolean due(int step, int steps) {
        return step < steps && (long) step * checkpoints / steps != (step - 1L) * checkpoints / steps;
    }

    /** Images of the subject per checkpoint. */
    public int images() {
        return prompts.size() * imagesPerPrompt;
    }
}
