package dev.likeness.diffusion.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.family.ConditioningLayout.Piece;
import dev.likeness.diffusion.family.ConditioningLayout.State;
import dev.likeness.diffusion.graph.Network;
import dev.likeness.diffusion.graph.Tape;
import dev.likeness.diffusion.text.NewTokens;
import dev.likeness.diffusion.token.PromptWeighting;
import dev.likeness.diffusion.token.WeightedPrompt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A model's text encoders. A layout says how their states form the conditioning. */
public final class TextEncoders implements Conditioner {

    private final List<TextEncoder> textEncoders;
    private final ConditioningLayout layout;
    private final boolean zeroEmpty;

    /**
     * @param textEncoders in the order of the layout's indices
     * @param layout how their states form the conditioning
     * @param zeroEmpty whether an empty prompt has zero conditioning in sampling, as SDXL's base was trained
     */
    public TextEncoders(List<TextEncoder> textEncoders, ConditioningLayout layout, boolean zeroEmpty) {
        this.textEncoders = List.copyOf(textEncoders);
        this.layout = layout;
        this.zeroEmpty = zeroEmpty;
    }

    @Override
    public List<TextEncoder> textEncoders() {
        return textEncoders;
    }

    @Override
    public TextEncoders skipping(int clipSkip) {
        return clipSkip == 0
                ? this
                : new TextEncoders(
                        textEncoders.stream().map(it -> it.skipping(clipSkip)).toList(), layout, zeroEmpty);
    }

    @Override
    public Map<String, Network> networks() {
        Map<String, Network> networks = new LinkedHashMap<>();
        textEncoders.forEach(textEncoder -> networks.put(textEncoder.name(), textEncoder.network()));
        return networks;
    }

    /** @param states of each encoder, in the order of {@link State} */
    private Conditioning combine(List<List<NDArray>> states) {
        return new Conditioning(
                joined(layout.context(), states), layout.pooled().isEmpty() ? null : joined(layout.pooled(), states));
    }

    private static NDArray joined(List<Piece> pieces, List<List<NDArray>> states) {
        NDArray joined = state(pieces.get(0), states);
        for (Piece piece : pieces.subList(1, pieces.size())) {
            joined = joined.concat(state(piece, states), -1);
        }
        return joined;
    }

    private static NDArray state(Piece piece, List<List<NDArray>> states) {
        return states.get(piece.encoder()).get(piece.state().ordinal());
    }

    @Override
    public Conditioning encode(NDManager scope, List<String> prompts, List<NDArray> rows) {
        List<List<NDArray>> states = new ArrayList<>();
        for (int i = 0; i < textEncoders.size(); i++) {
            states.add(textEncoders.get(i).encode(scope, prompts, rows.get(i)));
        }
        return combine(states);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Weights are applied to the states of each encoder that form the context. Shorter prompts are padded with empty chunks,
     * also if one encoder's tokenizer makes fewer tokens of a prompt than the other's.
     */
    @Override
    public Conditioning encodeWeighted(
            NDManager scope, String prompt, int chunks, NewTokens tokens, PromptWeighting weighting) {
        List<List<NDArray>> states = new ArrayList<>();
        for (int i = 0; i < textEncoders.size(); i++) {
            TextEncoder encoder = textEncoders.get(i);
            WeightedPrompt chunked =
                    encoder.chunk(List.of(prompt), tokens, weighting).get(0);
            states.add(encoder.encodeWeighted(scope, i, chunked, chunks, tokens, layout.contextOf(i)));
        }
        Conditioning conditioning = combine(states);
        return zeroEmpty && prompt.isEmpty() ? conditioning.zeros() : conditioning;
    }

    @Override
    public int chunks(List<String> prompts, NewTokens tokens, PromptWeighting weighting) {
        return textEncoders.stream()
                .flatMap(encoder -> encoder.chunk(prompts, tokens, weighting).stream())
                .mapToInt(WeightedPrompt::chunks)
                .max()
                .orElse(0);
    }

    @Override
    public Recording record(NDManager scope, List<String> prompts, List<NDArray> rows, RequestedGradients requested) {
        return new Recorded(scope, prompts, rows, requested);
    }

    private final class Recorded implements Recording {

        private final RequestedGradients requested;
        private final List<Tape> tapes = new ArrayList<>();
        private final List<List<NDArray>> states = new ArrayList<>();
        private final Conditioning conditioning;

        Recorded(NDManager scope, List<String> prompts, List<NDArray> rows, RequestedGradients requested) {
            this.requested = requested;
            for (int i = 0; i < textEncoders.size(); i++) {
                Tape tape = textEncoders
                        .get(i)
                        .record(
                                scope,
                                prompts,
                                rows.get(i),
                                requested.rows(),
                                requested.weights().get(i),
                                requested.checkpointing());
                tapes.add(tape);
                states.add(tape.outputs());
            }
            conditioning = combine(states);
        }

        @Override
        public Conditioning conditioning() {
            return conditioning;
        }

        @Override
        public Gradients backward(Conditioning gradients) {
            List<List<@Nullable NDArray>> upstream = split(gradients);
            Map<String, NDArray> weights = new LinkedHashMap<>();
            List<NDArray> ofRows = new ArrayList<>();
            for (int i = 0; i < tapes.size(); i++) {
                if (!requested.of(i)) {
                    continue;
                }
                String prefix = textEncoders.get(i).name() + ".";
                Tape.Gradients found = tapes.get(i).backward(upstream.get(i));
                found.weights().forEach((name, gradient) -> weights.put(prefix + name, gradient));
                if (requested.rows()) {
                    ofRows.add(Objects.requireNonNull(found.inputs().get(1)));
                }
            }
            return new Gradients(weights, ofRows);
        }

        /** The gradients of each encoder's states, from those of the conditioning; null for unused states. */
        private List<List<@Nullable NDArray>> split(Conditioning gradients) {
            List<List<@Nullable NDArray>> split = new ArrayList<>();
            textEncoders.forEach(
                    textEncoder -> split.add(new ArrayList<>(Collections.nCopies(State.values().length, null))));
            split(layout.context(), gradients.context(), split);
            NDArray pooled = gradients.pooled();
            if (pooled != null) {
                split(layout.pooled(), pooled, split);
            }
            return split;
        }

        private void split(List<Piece> pieces, NDArray gradient, List<List<@Nullable NDArray>> split) {
            long from = 0;
            for (Piece piece : pieces) {
                Shape shape = state(piece, states).getShape();
                long to = from + shape.get(shape.dimension() - 1);
                NDArray part = pieces.size() == 1 ? gradient : gradient.get("..., %d:%d".formatted(from, to));
                split.get(piece.encoder()).set(piece.state().ordinal(), part);
                from = to;
            }
        }
    }
}
