package dev.likeness.diffusion.token;

import dev.likeness.diffusion.token.PromptSyntax.Fragment;
import dev.likeness.diffusion.wire.Wire;
import java.util.List;

/** How the weights of {@link PromptSyntax} change the states of a text encoder. */
public enum PromptWeighting implements Wire {
    /** As stable-diffusion-webui's emphasis {@code Original}: states times weights, with the mean of the states restored. */
    A1111,
    /**
     * As the library compel, which diffusers recommends: away from the states of an empty prompt, and for weights below 1 towards
     * the states of the prompt with these words hidden.
     */
    COMPEL,
    /** Brackets and {@code BREAK} are text, as in diffusers' pipelines and as stable-diffusion-webui's emphasis {@code None}. */
    NONE;

    /** The sections of a prompt: {@link PromptSyntax#parse}. */
    public List<List<Fragment>> parse(String prompt) {
        return this == NONE ? PromptSyntax.parseWithoutWeights(prompt) : PromptSyntax.parse(prompt);
    }
}
