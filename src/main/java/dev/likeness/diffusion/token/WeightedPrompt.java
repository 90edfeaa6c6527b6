package dev.likeness.diffusion.token;

import java.util.List;

/**
 * A prompt for a text encoder: at least one chunk, each of the same length L (77 for CLIP).
 *
 * @param ids for each chunk its L token ids: start token, the prompt's tokens, end token, padding
 * @param weights for each chunk the L weights of these ids; 1 for start, end and padding
 * @param weighting how the weights change the states
 */
public record WeightedPrompt(List<long[]> ids, List<float[]> weights, PromptWeighting weighting) {

    public WeightedPrompt {
        ids = List.copyOf(ids);
        weights = List.copyOf(weights);
    }

    /** With weights as in stable-diffusion-webui. */
    public WeightedPrompt(List<long[]> ids, List<float[]> weights) {
        this(ids, weights, PromptWeighting.A1111);
    }

    /** Number of chunks. */
    public int chunks() {
        return ids.size();
    }

    /** Whether all weights are 1. */
    public boolean isPlain() {
        for (float[] chunk : weights) {
            for (float weight : chunk) {
                if (weight != 1) {
                    return false;
                }
            }
        }
        return true;
    }
}
