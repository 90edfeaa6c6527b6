package dev.likeness.diffusion.family;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the states of a model's text encoders form its conditioning: pieces are concatenated along their features.
 *
 * @param context pieces of the text states, one per encoder in order
 * @param pooled pieces of the pooled state; empty if the denoiser takes none
 */
public record ConditioningLayout(List<Piece> context, List<Piece> pooled) {

    public ConditioningLayout {
        context = List.copyOf(context);
        pooled = List.copyOf(pooled);
    }

    /** The states of an encoder that form the context. */
    public Set<State> contextOf(int encoder) {
        return context.stream()
                .filter(piece -> piece.encoder() == encoder)
                .map(Piece::state)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The outputs of a text encoder, in order. */
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
     * @param encoder index among the model's encoders
     */
    public record Piece(int encoder, State state) {}
}
