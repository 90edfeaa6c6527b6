package dev.likeness.app.spec;

import dev.likeness.app.picture.ImageEncoding;
import dev.likeness.app.picture.PictureFormat;
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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/** The section {@code sampling}, as bound from JSON. Other code uses {@link #plan}. */
@Schema(name = "Sampling")
public record SamplingSpec(
        @Size(min = 1, max = 32) @JsonDeserialize(contentUsing = OneLine.class)
        List<@NotBlank @Size(max = PlainText.PROMPT) @PlainText @Placeholders @PromptGrammar String> prompts,

        @Size(max = PlainText.PROMPT)
        @PlainText
        @PromptGrammar(PromptGrammar.Use.NEGATIVE)
        @JsonDeserialize(using = OneLine.class)
        String negativePrompt,

        @Min(1) @Max(64) int imagesPerPrompt,

        Sampler sampler,

        @Min(1) @Max(1000) int steps,

        @DecimalMin("1") @DecimalMax("50") double guidance,

        @Size(max = 2) @NoiseLevelInterval
        List<@NotNull(message = "must be a number") @DecimalMin("0") @DecimalMax(NoiseLevelInterval.HIGHEST) Double>
                guidanceInterval,

        @DecimalMin("0") @DecimalMax("1") double guidanceRescale,

        @DecimalMin("-10") @DecimalMax("10") double loraUnetScale,

        @DecimalMin("-10") @DecimalMax("10") double loraTextScale,

        boolean fused,

        @DecimalMin("0") @DecimalMax("1") double eta,

        @Min(16) @Max(2048) @MultipleOf(8) int width,

        @Min(16) @Max(2048) @MultipleOf(8) int height,

        @Min(0) @Max(JobSpec.MAX_SEED) long seed,

        @Schema(nullable = true) @Nullable @Min(0) @Max(ClipSkip.MOST)
        Integer clipSkip,

        PromptWeighting promptWeighting,

        PictureFormat imageFormat,

        @Min(1) @Max(100) Integer imageQuality) {

    private static final int QUALITY = 90;

    public SamplingSpec {
        prompts = List.copyOf(prompts);
        clipSkip = Objects.requireNonNullElse(clipSkip, 0);
        promptWeighting = Objects.requireNonNullElse(promptWeighting, PromptWeighting.A1111);
        guidanceInterval = GuidanceEnds.copy(guidanceInterval);
        // Absent in specs that were stored before there were other formats.
        imageFormat = Objects.requireNonNullElse(imageFormat, PictureFormat.PNG);
        imageQuality = Objects.requireNonNullElse(imageQuality, QUALITY);
    }

    public SamplingSettings settings() {
        return new SamplingSettings(
                        sampler,
                        steps,
                        guidance,
                        GuidanceEnds.interval(guidanceInterval),
                        guidanceRescale,
                        eta,
                        width,
                        height)
                .with(new PromptEncoding(Objects.requireNonNullElse(clipSkip, 0), promptWeighting));
    }

    public ImageEncoding encoding() {
        return new ImageEncoding(imageFormat, imageQuality);
    }

    public ImagePlan plan() {
        return new ImagePlan(
                prompts,
                negativePrompt,
                imagesPerPrompt,
                settings(),
                new AdapterScales(loraUnetScale, loraTextScale),
                fused,
                seed);
    }

    /** Images of other prompts with these settings and the adapter's scales of training. */
    ImagePlan plan(List<String> prompts, int imagesPerPrompt, long seed) {
        return new ImagePlan(prompts, negativePrompt, imagesPerPrompt, settings(), AdapterScales.FULL, fused, seed);
    }
}
