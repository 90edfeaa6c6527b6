package dev.likeness.app.spec;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import tools.jackson.databind.annotation.JsonDeserialize;

/** Images to draw. Image i of prompt p has seed {@code seed + p * imagesPerPrompt + i}. */
@Schema(name = "Sampling")
public record SamplingSpec(
        @Size(min = 1, max = 32) @JsonDeserialize(contentUsing = OneLine.class)
        List<@NotBlank @Size(max = PlainText.PROMPT) @PlainText @Placeholders String> prompts,

        @Size(max = PlainText.PROMPT) @PlainText @JsonDeserialize(using = OneLine.class)
        String negativePrompt,

        @Min(1) @Max(64) int imagesPerPrompt,

        @SamplerName String sampler,

        @Min(1) @Max(1000) int steps,

        @DecimalMin("1") @DecimalMax("50") double guidance,

        @DecimalMin("-10") @DecimalMax("10") double loraUnetScale,

        @DecimalMin("-10") @DecimalMax("10") double loraTextScale,

        boolean fused,

        @DecimalMin("0") @DecimalMax("1") double eta,

        @Min(16) @Max(2048) @MultipleOf(8) int width,

        @Min(16) @Max(2048) @MultipleOf(8) int height,

        @Min(0) @Max(JobSpec.MAX_SEED) long seed) {

    public SamplingSpec {
        prompts = List.copyOf(prompts);
    }

    /** The seed of an image, whatever it is drawn together with. */
    public long seed(int prompt, int image) {
        return seed + (long) prompt * imagesPerPrompt + image;
    }
}
