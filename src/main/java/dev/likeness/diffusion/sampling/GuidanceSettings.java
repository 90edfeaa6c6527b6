package dev.likeness.diffusion.sampling;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How classifier-free guidance acts.
 *
 * @param guidance scale of classifier-free guidance; 1 is without guidance
 * @param guidanceInterval where guidance acts; null is everywhere, and is not written to JSON
 * @param guidanceRescale share of the guided prediction that is rescaled to the conditional one's deviation, 0 to 1; 0 is not
 *     written to JSON
 */
public record GuidanceSettings(
        double guidance,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable GuidanceInterval guidanceInterval,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) double guidanceRescale) {

    /** The scale at a noise level. */
    double at(double sigma) {
        return guidanceInterval == null || guidanceInterval.contains(sigma) ? guidance : 1;
    }
}
