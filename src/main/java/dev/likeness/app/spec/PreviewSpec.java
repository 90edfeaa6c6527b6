package dev.likeness.app.spec;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * Images generated during training. {@link SamplingSpec} determines their settings, and their seeds are the same at
 * every step.
 */
@Schema(name = "Previews")
public record PreviewSpec(
        @Min(0) @Max(100_000) int everySteps,

        @Size(min = 1, max = 8) @JsonDeserialize(contentUsing = OneLine.class)
        List<@NotBlank @Size(max = PlainText.PROMPT) @PlainText @Placeholders @PromptGrammar String> prompts,

        @Min(1) @Max(16) int imagesPerPrompt,

        @Min(0) @Max(JobSpec.MAX_SEED) long seed) {

    public PreviewSpec {
        prompts = List.copyOf(prompts);
    }

    /** Whether a preview follows a step. After the last step, the results replace it. */
    public boolean due(int step, int steps) {
        return everySteps > 0 && step % everySteps == 0 && step < steps;
    }

    /** Images per preview. */
    public int images() {
        return prompts.size() * imagesPerPrompt;
    }
}
