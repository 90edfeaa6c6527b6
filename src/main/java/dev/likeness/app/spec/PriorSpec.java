package dev.likeness.app.spec;

import dev.likeness.diffusion.adapter.AdapterScales;
import dev.likeness.diffusion.sampling.SamplingSettings;
import dev.likeness.diffusion.schedule.Sampler;
import dev.likeness.diffusion.token.PromptEncoding;
import dev.likeness.diffusion.token.PromptWeighting;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/** Prior preservation (Ruiz et al. 2022, arXiv:2208.12242, section 3.2). */
@Schema(name = "Prior")
public record PriorSpec(
        boolean enabled,

        @Min(1) @Max(1000) int images,

        @Schema(nullable = true) @Nullable UUID classSetId,

        @Schema(nullable = true) @DecimalMin("0") @DecimalMax("1") @Nullable
        Double mix,

        @DecimalMin("0") @DecimalMax("100") double weight,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        @NotBlank
        @Size(max = PlainText.PROMPT)
        @PlainText
        @Placeholders
        @PromptGrammar(PromptGrammar.Use.PRIOR)
        @JsonDeserialize(using = OneLine.class)
        String prompt,

        @Size(max = PlainText.PROMPT)
        @PlainText
        @PromptGrammar(PromptGrammar.Use.NEGATIVE)
        @JsonDeserialize(using = OneLine.class)
        String negativePrompt,

        Sampler sampler,

        @Min(1) @Max(1000) int steps,

        @DecimalMin("1") @DecimalMax("50") double guidance,

        @Size(max = 2) @NoiseLevelInterval
        List<@NotNull(message = "must be a number") @DecimalMin("0") @DecimalMax(NoiseLevelInterval.HIGHEST) Double>
                guidanceInterval,

        @DecimalMin("0") @DecimalMax("1") double guidanceRescale,

        @Min(0) @Max(JobSpec.MAX_SEED) long seed,

        PromptWeighting promptWeighting) {

    public PriorSpec {
        promptWeighting = Objects.requireNonNullElse(promptWeighting, PromptWeighting.A1111);
        guidanceInterval = GuidanceEnds.copy(guidanceInterval);
    }

    /** Number of images of the class set; the rest is generated. */
    public int own() {
        if (!enabled || classSetId == null) {
            return 0;
        }
        return mix == null ? images : (int) Math.round(mix * images);
    }

    /** Number of generated images. */
    public int generated() {
        return enabled ? images - own() : 0;
    }

    /**
     * The generated images of the plain class; none without prior preservation.
     *
     * @param text the prompt without placeholders
     * @param training that uses them: its images have its size and skip its layers
     */
    public ImagePlan plan(String text, TrainingSpec training) {
        int side = training.resolution();
        SamplingSettings settings = new SamplingSettings(
                        sampler,
                        steps,
                        guidance,
                        GuidanceEnds.interval(guidanceInterval),
                        guidanceRescale,
                        0,
                        side,
                        side)
                .with(new PromptEncoding(training.clipSkip(), promptWeighting));
        return new ImagePlan(List.of(text), negativePrompt, generated(), settings, AdapterScales.FULL, false, seed);
    }
}
