package dev.likeness.diffusion.text;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.token.ClipTokenizer;
import dev.likeness.diffusion.token.PromptChunker;
import dev.likeness.diffusion.token.WeightedPrompt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A model's text encoders: one, whose last states condition the UNet, or SDXL's two, whose second last states stand side by
 * side while the second one gives the pooled state too (Podell et al. 2023, arXiv:2307.01952, section 2.1).
 */
public final class TextEncoders {

    private final List<TextEncoder> textEncoders;
    private final boolean zeroEmpty;

    /**
     * One encoder.
     *
     * @param name its folder in the model's
     * @param tokenizer with the learned tokens, if there are any
     */
    public record TextEncoder(String name, ClipTokenizer tokenizer, ClipTextEncoder model) {

        /** The encoder's ids of prompts [P, L]; learned tokens follow the encoder's vocabulary. */
        public NDArray ids(NDManager scope, List<String> prompts) {
            return rows(scope, prompts.stream().map(tokenizer::encode).toList());
        }

        private NDArray rows(NDManager scope, List<long[]> ids) {
            return ClipTextEncoder.ids(scope, ids.stream().map(this::rowIds).toList());
        }

        /** Of each of some chunks' tokens the row among the learned ones; negative for those of the vocabulary. */
        private long[] learnedRows(List<long[]> ids) {
            return ids.stream()
                    .flatMapToLong(Arrays::stream)
                    .map(id -> id - tokenizer.vocabularySize())
                    .toArray();
        }

        /**
         * The rows that the tokenizer's ids mean: those of the encoder's table, then the learned tokens'. A table may be longer
         * than its tokenizer's vocabulary.
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
     * What a UNet is told of texts.
     *
     * @param context [B, L, D]
     * @param pooled [B, P], null where the UNet takes none
     */
    public record Conditioning(NDArray context, @Nullable NDArray pooled) {}

    /**
     * @param textEncoders one or two
     * @param zeroEmpty whether all states of an empty prompt are zero, as SDXL's base was trained
     */
    public TextEncoders(List<TextEncoder> textEncoders, boolean zeroEmpty) {
        if (textEncoders.isEmpty() || textEncoders.size() > 2) {
            throw new IllegalArgumentException("a model has one or two text encoders, not " + textEncoders.size());
        }
        this.textEncoders = List.copyOf(textEncoders);
        this.zeroEmpty = zeroEmpty;
    }

    public List<TextEncoder> all() {
        return textEncoders;
    }

    /** The first, or only, encoder's tokenizer. */
    public ClipTokenizer tokenizer() {
        return textEncoders.get(0).tokenizer();
    }

    /** Whether an empty prompt means states of zero. */
    public boolean zeroes(String prompt) {
        return zeroEmpty && prompt.isEmpty();
    }

    /** The conditioning that the encoders' states make. */
    public Conditioning combine(List<ClipTextEncoder.States> states) {
        if (states.size() == 1) {
            return new Conditioning(states.get(0).lastHidden(), null);
        }
        NDArray context = states.get(0).penultimate().concat(states.get(1).penultimate(), -1);
        return new Conditioning(context, states.get(1).pooled());
    }

    /**
     * The gradients of each encoder's states, from those of the conditioning: the way back of {@link #combine}.
     *
     * @param pooled null where the UNet takes none
     */
    public List<StateGradients> split(NDArray context, @Nullable NDArray pooled) {
        if (textEncoders.size() == 1) {
            return List.of(new StateGradients(context, null, null));
        }
        long first = textEncoders.get(0).model().config().hiddenSize();
        return List.of(
                new StateGradients(null, context.get("..., :" + first), null),
                new StateGradients(null, context.get("..., " + first + ":"), Objects.requireNonNull(pooled)));
    }

    /** Gradients in the order of {@link ClipTextEncoder.States}; null where the loss does not depend on a state. */
    public record StateGradients(
            @Nullable NDArray lastHidden,
            @Nullable NDArray penultimate,
            @Nullable NDArray pooled) {

        /** The three, in order. */
        public List<@Nullable NDArray> all() {
            return Arrays.asList(lastHidden, penultimate, pooled);
        }
    }

    /**
     * Encodes prompts without recording a graph; what is longer than an encoder takes is cut off.
     *
     * @param scope frees the result
     * @param rows each encoder's learned tokens
     */
    public Conditioning encode(NDManager scope, List<String> prompts, List<NDArray> rows) {
        List<ClipTextEncoder.States> states = new ArrayList<>();
        for (int i = 0; i < textEncoders.size(); i++) {
            TextEncoder textEncoder = textEncoders.get(i);
            states.add(textEncoder.model().encode(scope, textEncoder.ids(scope, prompts), rows.get(i)));
        }
        return combine(states);
    }

    /**
     * Encodes prompts that are used side by side, each encoder's states weighed by themselves, in the syntax of {@link
     * dev.likeness.diffusion.token.PromptSyntax} and of any length: the shorter ones are filled up with empty chunks, also where
     * one encoder's tokenizer makes fewer tokens of a prompt than the other's. Output embeddings take the place of states before these are
     * weighed.
     *
     * @param scope frees the result
     * @param tokens learned words, which stand for all of their tokens
     * @return for each prompt its conditioning: context [1, C * L, D], pooled [1, P] of its first chunk
     */
    public List<Conditioning> encodeWeighted(NDManager scope, List<String> prompts, NewTokens tokens) {
        List<List<WeightedPrompt>> chunked = chunked(prompts, tokens);
        List<Conditioning> found = new ArrayList<>();
        for (int p = 0; p < prompts.size(); p++) {
            List<ClipTextEncoder.States> states = new ArrayList<>();
            for (int i = 0; i < textEncoders.size(); i++) {
                TextEncoder textEncoder = textEncoders.get(i);
                WeightedPrompt prompt = chunked.get(i).get(p);
                List<OutputEmbedding> outputs = tokens.outputs(i);
                NDArray ids = textEncoder.rows(scope, prompt.ids());
                ClipTextEncoder.States said =
                        textEncoder.model().encode(scope, ids, tokens.rows().get(i));
                states.add(inContext(
                        said,
                        it -> weighted(
                                scope, replaced(scope, it, textEncoder.learnedRows(prompt.ids()), outputs), prompt)));
            }
            found.add(inARow(combine(states)));
        }
        return found;
    }

    /** For each encoder the prompts, all with as many chunks as the longest has in any encoder. */
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

    /** The states with those changed that the context is made of. */
    private ClipTextEncoder.States inContext(ClipTextEncoder.States states, UnaryOperator<NDArray> change) {
        return textEncoders.size() == 1
                ? new ClipTextEncoder.States(change.apply(states.lastHidden()), states.penultimate(), states.pooled())
                : new ClipTextEncoder.States(states.lastHidden(), change.apply(states.penultimate()), states.pooled());
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

    /** The chunks one after another. */
    private static Conditioning inARow(Conditioning chunks) {
        Shape shape = chunks.context().getShape();
        NDArray pooled = chunks.pooled();
        return new Conditioning(
                chunks.context().reshape(new Shape(1, shape.get(0) * shape.get(1), shape.get(2))),
                pooled == null ? null : pooled.get("0:1"));
    }
}
