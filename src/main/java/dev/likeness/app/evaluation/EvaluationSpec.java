package dev.likeness.app.evaluation;

import dev.likeness.app.spec.ClipSkip;
import dev.likeness.app.spec.GuidanceEnds;
import dev.likeness.app.spec.ImagePlan;
import dev.likeness.app.spec.MultipleOf;
import dev.likeness.app.spec.NoiseLevelInterval;
import dev.likeness.app.spec.OneLine;
import dev.likeness.app.spec.Placeholders;
import dev.likeness.app.spec.PlainText;
import dev.likeness.app.spec.PromptGrammar;
import dev.likeness.app.spec.SamplerName;
import dev.likeness.app.spec.SamplingSpec;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/** The jobs to compare, and the settings of their images. */
public record EvaluationSpec(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
        @Size(min = 1, max = 16, message = "must have {min} to {max} entries")
        List<@NotNull(message = "must be an id") UUID> jobIds,

        @Size(min = 1, max = 12, message = "must have {min} to {max} entries")
        List<@SamplerName Sampler> samplers,

        @Size(min = 1, max = 16, message = "must have {min} to {max} entries")
        List<@NotNull(message = "must be an integer") @Min(1) @Max(1000) Integer> steps,

        @Size(min = 1, max = 32, message = "must have {min} to {max} entries")
        @JsonDeserialize(contentUsing = OneLine.class)
        List<@NotBlank @Size(max = PlainText.PROMPT) @PlainText @Placeholders @PromptGrammar String> prompts,

        @Min(1) @Max(64) int imagesPerPrompt,

        @Schema(nullable = true)
        @Nullable
        @Size(max = PlainText.PROMPT)
        @PlainText
        @PromptGrammar(PromptGrammar.Use.NEGATIVE)
        @JsonDeserialize(using = OneLine.class)
        String negativePrompt,

        @Schema(nullable = true) @Nullable @DecimalMin("1") @DecimalMax("50")
        Double guidance,

        @Schema(nullable = true) @Nullable @Size(max = 2) @NoiseLevelInterval
        List<@NotNull(message = "must be a number") @DecimalMin("0") @DecimalMax(NoiseLevelInterval.HIGHEST) Double>
                guidanceInterval,

        @Schema(nullable = true) @Nullable @DecimalMin("0") @DecimalMax("1")
        Double guidanceRescale,

        @Schema(nullable = true) @Nullable @Min(16) @Max(2048) @MultipleOf(8)
        Integer width,

        @Schema(nullable = true) @Nullable @Min(16) @Max(2048) @MultipleOf(8)
        Integer height,

        @Schema(nullable = true) @Nullable @Min(0) @Max((1L << 53) - 1)
        Long seed,

        @Schema(nullable = true) @Nullable @Min(0) @Max(ClipSkip.MOST)
        Integer clipSkip,

        @Schema(nullable = true) @Nullable PromptWeighting promptWeighting) {

    public EvaluationSpec {
        // The validation that follows reports nulls inside.
        jobIds = Collections.unmodifiableList(new ArrayList<>(jobIds));
        samplers = Collections.unmodifiableList(new ArrayList<>(samplers));
        steps = Collections.unmodifiableList(new ArrayList<>(steps));
        prompts = Collections.unmodifiableList(new ArrayList<>(prompts));
        guidanceInterval =
                guidanceInterval == null ? null : Collections.unmodifiableList(new ArrayList<>(guidanceInterval));
    }

    /** Number of rows per job. */
    public int rowsOfJob() {
        return samplers.size() * steps.size();
    }

    public int rows() {
        return jobIds.size() * rowsOfJob();
    }

    /** Number of images per row. */
    public int imagesOfRow() {
        return prompts.size() * imagesPerPrompt;
    }

    /** The images of a row. Settings missing in the request are the job's own, except for eta, which is 0. */
    ImagePlan plan(SamplingSpec own, Sampler sampler, int steps) {
        SamplingSettings settings = new SamplingSettings(
                        sampler,
                        steps,
                        Objects.requireNonNullElse(guidance, own.guidance()),
                        GuidanceEnds.interval(Objects.requireNonNullElse(guidanceInterval, own.guidanceInterval())),
                        Objects.requireNonNullElse(guidanceRescale, own.guidanceRescale()),
                        0,
                        Objects.requireNonNullElse(width, own.width()),
                        Objects.requireNonNullElse(height, own.height()))
                .with(new PromptEncoding(
                        Objects.requireNonNullElse(
                                clipSkip, own.settings().encoding().clipSkip()),
                        Objects.requireNonNullElse(promptWeighting, own.promptWeighting())));
        return new ImagePlan(
                prompts,
                Objects.requireNonNullElse(negativePrompt, own.negativePrompt()),
                imagesPerPrompt,
                settings,
                AdapterScales.FULL,
                own.fused(),
                Objects.requireNonNullElse(seed, own.seed()));
    }
}
