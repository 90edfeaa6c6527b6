package dev.likeness.diffusion.sampling;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.likeness.diffusion.schedule.Sampler;
import org.jspecify.annotations.Nullable;

/**
 * How images are sampled.
 *
 * @param sampler the solver of the reverse process
 * @param steps sampler steps, 1 to 1000
 * @param guidance scale of classifier-free guidance; 1 is without guidance
 * @param guidanceInterval where guidance acts; null is everywhere, and is not written to JSON
 * @param guidanceRescale share of the guided prediction that is rescaled to the conditional one's deviation, 0 to 1; 0 is not
 *     written to JSON
 * @param eta DDIM's eta, 0 to 1; with 0 DDIM adds no noise after the start
 * @param width pixels
 * @param height pixels
 */
public record SamplingSettings(
        Sampler sampler,
        int steps,
        double guidance,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable GuidanceInterval guidanceInterval,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) double guidanceRescale,
        double eta,
        int width,
        int height) {

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

    /** The scale of guidance at a noise level. */
    public double guidance(double sigma) {
        return guidanceInterval == null || guidanceInterval.contains(sigma) ? guidance : 1;
    }
}
