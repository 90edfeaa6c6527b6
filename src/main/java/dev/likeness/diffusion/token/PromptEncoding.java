package dev.likeness.diffusion.token;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How prompts become the states of text encoders. In JSON, images without these fields were generated with the default.
 *
 * @param clipSkip layers at the end of each text encoder that its states skip, as diffusers' {@code clip_skip}: 0 for the states
 *     that the model was trained with, which are those of the last layer, for SDXL of the second last one
 * @param promptWeighting what weights in prompts do
 */
public record PromptEncoding(int clipSkip, PromptWeighting promptWeighting) {

    /** All layers that the model uses, and the weights of stable-diffusion-webui. */
    public static final PromptEncoding DEFAULT = new PromptEncoding(0, PromptWeighting.A1111);

    public PromptEncoding(int clipSkip, @Nullable PromptWeighting promptWeighting) {
        this.clipSkip = clipSkip;
        this.promptWeighting = Objects.requireNonNullElse(promptWeighting, PromptWeighting.A1111);
    }
}
