package dev.likeness.diffusion.sampling;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.likeness.diffusion.schedule.Sampler;
import dev.likeness.diffusion.token.PromptEncoding;
import org.jspecify.annotations.Nullable;

/**
 * How images are sampled.
 *
 * @param sampler the solver of the reverse process
 * @param steps sampler steps, 1 to 1000
 * @param guided how guidance acts; its fields are on the same level in JSON
 * @param eta DDIM's eta, 0 to 1; with 0 DDIM adds no noise after the start
 * @param width pixels
 * @param height pixels
 * @param encoding how prompts are encoded; its fields are on the same level in JSON
 */
public record SamplingSettings(
        Sampler sampler,
        int steps,
        @JsonUnwrapped GuidanceSettings guided,
        double eta,
        int width,
        int height,
        @JsonUnwrapped PromptEncoding encoding) {

    /** With {@link PromptEncoding#DEFAULT}. */
    public SamplingSettings(
            Sampler sampler,
            int steps,
            double guidance,
            @Nullable GuidanceInterval guidanceInterval,
            double guidanceRescale,
            double eta,
            int width,
            int height) {
        this(
                sampler,
                steps,
                new GuidanceSettings(guidance, guidanceInterval, guidanceRescale),
                eta,
                width,
                height,
                PromptEncoding.DEFAULT);
    }

    /** Without rescaling. */
    public SamplingSettings(
            Sampler sampler,
            int steps,
            double guidance,
            @Nullable GuidanceInterval guidanceInterval,
            double eta,
            int width,
            int height) {
        this(sampler, steps, guidance, guidanceInterval, 0, eta, width, height);
    }

    /** Guidance at all noise levels, without rescaling. */
    public SamplingSettings(Sampler sampler, int steps, double guidance, double eta, int width, int height) {
        this(sampler, steps, guidance, null, 0, eta, width, height);
    }

    /** These settings with another encoding of prompts. */
    public SamplingSettings with(PromptEncoding other) {
        return new SamplingSettings(sampler, steps, guided, eta, width, height, other);
    }

    /** The scale of guidance at a noise level. */
    public double guidance(double sigma) {
        return guided.at(sigma);
    }
}
