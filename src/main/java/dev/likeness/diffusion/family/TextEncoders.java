package dev.likeness.diffusion.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.family.ConditioningLayout.Piece;
import dev.likeness.diffusion.family.ConditioningLayout.State;
import dev.likeness.diffusion.graph.Network;
import dev.likeness.diffusion.graph.Tape;
import dev.likeness.diffusion.text.ClipTextEncoder;
import dev.likeness.diffusion.text.NewTokens;
import dev.likeness.diffusion.text.OutputEmbedding;
import dev.likeness.diffusion.text.PromptWeights;
import dev.likeness.diffusion.token.ClipTokenizer;
import dev.likeness.diffusion.token.PromptChunker;
import dev.likeness.diffusion.token.WeightedPrompt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A model's CLIP text encoders: one, or SDXL's two. Of two, the second last states are concatenated, and the second
 * encoder also gives the pooled state (Podell et al. 2023, arXiv:2307.01952, section 2.1).
 */
public final class TextEncoders implements Conditioner {

    private final List<TextEncoder> textEncoders;
    private final ConditioningLayout layout;
    private final boolean zeroEmpty;

    /**
     * One encoder.
     *
     * @param name its folder in the model's folder
     * @param tokenizer including learned tokens
     */
    public record TextEncoder(String name, ClipTokenizer tokenizer, ClipTextEncoder model) {

        /** The encoder's ids of prompts [P, L]; learned tokens follow the encoder's vocabulary. */
        public NDArray ids(NDManager scope, List<String> prompts) {
            return rows(scope, prompts.stream().map(tokenizer::encode).toList());
        }

        private NDArray rows(NDManager scope, List<long[]> ids) {
            return ClipTextEncoder.ids(scope, ids.stream().map(this::rowIds).toList());
        }

        /**
         * For each token of some chunks its row index among the learned tokens; negative for tokens of the vocabulary.
         */
        private long[] learnedRows(List<long[]> ids) {
            return ids.stream()
                    .flatMapToLong(Arrays::stream)
                    .map(id -> id - tokenizer.vocabularySize())
                    .toArray();
        }

        /**
         * The rows for the tokenizer's ids: first those of the encoder's table, then the learned tokens'. A table may
         * be longer than its tokenizer's vocabulary.
         */
        public long[] rowIds(long[] ids) {
            long shift = model.config().vocabSize() - tokenizer.vocabularySize();
            return shift == 0
                    ? ids
                    : Arrays.stream(ids)
                            .map(id -> id >= tokenizer.vocabularySize() ? id + shift : id)
                            .toArray();
        }
    }

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

    public List<TextEncoder> all() {
        return textEncoders;
    }

    @Override
    public Map<String, Network> networks() {
        Map<String, Network> networks = new LinkedHashMap<>();
        textEncoders.forEach(textEncoder ->
                networks.put(textEncoder.name(), textEncoder.model().network()));
        return networks;
    }

    /** The first, or only, encoder's tokenizer. */
    public ClipTokenizer tokenizer() {
        return textEncoders.get(0).tokenizer();
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
            TextEncoder textEncoder = textEncoders.get(i);
            states.add(textEncoder
                    .model()
                    .encode(scope, textEncoder.ids(scope, prompts), rows.get(i))
                    .all());
        }
        return combine(states);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Weights are applied to each encoder's states separately. Shorter prompts are padded with empty chunks, also if
     * one encoder's tokenizer makes fewer tokens of a prompt than the other's. Output embeddings replace states before
     * weights are applied. The pooled state is that of the first chunk.
     */
    @Override
    public List<Conditioning> encodeWeighted(NDManager scope, List<String> prompts, NewTokens tokens) {
        List<List<WeightedPrompt>> chunked = chunked(prompts, tokens);
        List<Conditioning> found = new ArrayList<>();
        for (int p = 0; p < prompts.size(); p++) {
            List<List<NDArray>> states = new ArrayList<>();
            for (int i = 0; i < textEncoders.size(); i++) {
                states.add(weighted(scope, i, chunked.get(i).get(p), tokens));
            }
            Conditioning conditioning = inARow(combine(states));
            found.add(zeroEmpty && prompts.get(p).isEmpty() ? conditioning.zeros() : conditioning);
        }
        return found;
    }

    /** An encoder's states. Weights are applied to those that form the context. */
    private List<NDArray> weighted(NDManager scope, int number, WeightedPrompt prompt, NewTokens tokens) {
        TextEncoder textEncoder = textEncoders.get(number);
        NDArray ids = textEncoder.rows(scope, prompt.ids());
        List<NDArray> states = new ArrayList<>(textEncoder
                .model()
                .encode(scope, ids, tokens.rows().get(number))
                .all());
        layout.context().stream()
                .filter(piece -> piece.encoder() == number)
                .mapToInt(piece -> piece.state().ordinal())
                .forEach(state -> states.set(
                        state,
                        weighted(
                                scope,
                                replaced(
                                        scope,
                                        states.get(state),
                                        textEncoder.learnedRows(prompt.ids()),
                                        tokens.outputs(number)),
                                prompt)));
        return states;
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
                TextEncoder textEncoder = textEncoders.get(i);
                Tape tape = textEncoder
                        .model()
                        .record(
                                scope,
                                textEncoder.ids(scope, prompts),
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

    /** For each encoder the prompts, all with as many chunks as the longest one in any encoder. */
    private List<List<WeightedPrompt>> chunked(List<String> prompts, NewTokens tokens) {
        List<PromptChunker> chunkers = textEncoders.stream()
                .map(textEncoder -> new PromptChunker(textEncoder.tokenizer(), tokens::expand))
                .toList();
        List<List<WeightedPrompt>> chunked =
                chunkers.stream().map(chunker -> chunker.chunk(prompts)).toList();
        int most = chunked.stream()
                .flatMap(List::stream)
                .mapToInt(WeightedPrompt::chunks)
                .max()
                .orElse(0);
        List<List<WeightedPrompt>> padded = new ArrayList<>();
        for (int i = 0; i < chunkers.size(); i++) {
            PromptChunker chunker = chunkers.get(i);
            padded.add(chunked.get(i).stream().map(it -> chunker.pad(it, most)).toList());
        }
        return padded;
    }

    private static NDArray replaced(
            NDManager scope, NDArray states, long[] learnedRows, List<OutputEmbedding> outputs) {
        if (outputs.isEmpty()) {
            return states;
        }
        float[] values = states.toFloatArray();
        outputs.forEach(output -> output.putInto(values, learnedRows));
        return scope.create(values, states.getShape());
    }

    private static NDArray weighted(NDManager scope, NDArray states, WeightedPrompt prompt) {
        return prompt.isPlain()
                ? states
                : scope.create(PromptWeights.apply(states.toFloatArray(), prompt.weights()), states.getShape());
    }

    /** Concatenates the chunks. */
    private static Conditioning inARow(Conditioning chunks) {
        Shape shape = chunks.context().getShape();
        NDArray pooled = chunks.pooled();
        return new Conditioning(
                chunks.context().reshape(new Shape(1, shape.get(0) * shape.get(1), shape.get(2))),
                pooled == null ? null : pooled.get("0:1"));
    }
}
