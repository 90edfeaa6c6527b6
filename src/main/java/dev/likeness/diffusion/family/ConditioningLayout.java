package dev.likeness.diffusion.family;

import java.util.List;

/**
 * How the states of a model's text encoders make its conditioning: pieces stand side by side, feature by feature.
 *
 * @param context of the text states, one piece of each encoder in order
 * @param pooled of the pooled state; empty where the denoiser takes none
 */
public record ConditioningLayout(List<Piece> context, List<Piece> pooled) {

    public ConditioningLayout {
        context = List.copyOf(context);
        pooled = List.copyOf(pooled);
    }

    /** What a text encoder gives, in the order of its outputs. */
    public enum State {
        /** After the last norm, [B, L, D]. */
        LAST_HIDDEN,
        /** Of the second last layer, [B, L, D]. */
        PENULTIMATE,
        /** At the end of the text, [B, P]. */
        POOLED
    }

    /**
     * A state of one encoder.
     *
     * @param encoder its number among the model's
     */
    public record Piece(int encoder, State state) {}
}
