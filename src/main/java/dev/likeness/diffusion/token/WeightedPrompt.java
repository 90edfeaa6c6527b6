package dev.likeness.diffusion.token;

import java.util.List;

/**
 * A prompt as a text encoder takes it, in chunks of one length L (77 for CLIP), at least one.
 *
 * @param ids of each chunk its L token ids: start token, the prompt's own, end token, padding
 * @param weights of each chunk the L weights that belong to them; 1 for everything that is not the prompt's own
 */
public record WeightedPrompt(List<long[]> ids, List<float[]> weights) {

    public WeightedPrompt {
        ids = List.copyOf(ids);
        weights = List.copyOf(weights);
    }

    /** How many chunks there are. */
    public int chunks() {
        return ids.size();
    }

    /** Whether no token weighs anything but 1. */
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
