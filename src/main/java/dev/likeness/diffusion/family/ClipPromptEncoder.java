package dev.likeness.diffusion.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.family.ConditioningLayout.State;
import dev.likeness.diffusion.graph.Network;
import dev.likeness.diffusion.graph.Tape;
import dev.likeness.diffusion.text.ClipTextEncoder;
import dev.likeness.diffusion.text.CompelWeights;
import dev.likeness.diffusion.text.NewTokens;
import dev.likeness.diffusion.text.OutputEmbedding;
import dev.likeness.diffusion.text.PromptWeights;
import dev.likeness.diffusion.token.ClipTokenizer;
import dev.likeness.diffusion.token.PromptChunker;
import dev.likeness.diffusion.token.PromptWeighting;
import dev.likeness.diffusion.token.WeightedPrompt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * CLIP's text encoder with its tokenizer. Prompts are split into chunks.
 *
 * @param name its folder in the model's folder
 * @param tokenizer including learned tokens
 * @param skipped layers at the end that only the pooled state passes
 */
public record ClipPromptEncoder(String name, ClipTokenizer tokenizer, ClipTextEncoder model, int skipped)
        implements TextEncoder {

    /** With all layers. */
    public ClipPromptEncoder(String name, ClipTokenizer tokenizer, ClipTextEncoder model) {
        this(name, tokenizer, model, 0);
    }

    @Override
    public int layers() {
        return model.config().numHiddenLayers();
    }

    @Override
    public ClipPromptEncoder skipping(int layers) {
        return new ClipPromptEncoder(name, tokenizer, model, layers);
    }

    @Override
    public Network network() {
        return model.network();
    }

    @Override
    public List<NDArray> encode(NDManager scope, List<String> prompts, NDArray rows) {
        return model.encode(scope, ids(scope, prompts), rows, skipped).all();
    }

    @Override
    public Tape record(
            NDManager scope,
            List<String> prompts,
            NDArray rows,
            boolean rowsWanted,
            Set<String> trained,
            boolean checkpointing) {
        return model.record(scope, ids(scope, prompts), rows, skipped, rowsWanted, trained, checkpointing);
    }

    @Override
    public List<WeightedPrompt> chunk(List<String> prompts, NewTokens tokens, PromptWeighting weighting) {
        return chunker(tokens, weighting).chunk(prompts);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Output embeddings replace states before weights are applied.
     */
    @Override
    public List<NDArray> encodeWeighted(
            NDManager scope, int number, WeightedPrompt prompt, int chunks, NewTokens tokens, Set<State> weighted) {
        WeightedPrompt chunked = chunker(tokens, prompt.weighting()).pad(prompt, chunks);
        NDArray learned = tokens.rows().get(number);
        NDArray ids = rows(scope, chunked.ids());
        long[] learnedRows = learnedRows(chunked.ids());
        List<NDArray> states =
                new ArrayList<>(model.encode(scope, ids, learned, skipped).all());
        List<List<NDArray>> others = chunked.isPlain() || chunked.weighting() != PromptWeighting.COMPEL
                ? List.of()
                : forCompel(scope, chunked, ids, learned);
        for (State state : weighted) {
            UnaryOperator<NDArray> own = encoded -> replaced(scope, encoded, learnedRows, tokens.outputs(number));
            List<float[]> compared = others.stream()
                    .map(it -> own.apply(it.get(state.ordinal())).toFloatArray())
                    .toList();
            states.set(state.ordinal(), weighted(scope, own.apply(states.get(state.ordinal())), chunked, compared));
        }
        return Arrays.stream(State.values())
                .map(state -> inARow(state, states.get(state.ordinal())))
                .toList();
    }

    /** The states of an empty chunk, and those with each fragment of a weight below 1 hidden. */
    private List<List<NDArray>> forCompel(NDManager scope, WeightedPrompt prompt, NDArray ids, NDArray learned) {
        List<List<NDArray>> others = new ArrayList<>();
        NDArray empty = rows(scope, List.of(tokenizer.encode("")));
        others.add(model.encode(scope, empty, learned, skipped).all());
        for (long[] visible : CompelWeights.withoutFragments(prompt.weights())) {
            NDArray mask = scope.create(visible, ids.getShape());
            others.add(model.encodeMasked(scope, ids, mask, learned, skipped).all());
        }
        return others;
    }

    private PromptChunker chunker(NewTokens tokens, PromptWeighting weighting) {
        return new PromptChunker(tokenizer, tokens::expand, weighting);
    }

    /** Concatenates the chunks; of the pooled states the first one counts. */
    private static NDArray inARow(State state, NDArray chunks) {
        Shape shape = chunks.getShape();
        return state == State.POOLED
                ? chunks.get("0:1")
                : chunks.reshape(new Shape(1, shape.get(0) * shape.get(1), shape.get(2)));
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

    /** @param compared for compel's weighting the states of {@link #forCompel} */
    private static NDArray weighted(NDManager scope, NDArray states, WeightedPrompt prompt, List<float[]> compared) {
        if (prompt.isPlain()) {
            return states;
        }
        float[] values = states.toFloatArray();
        return scope.create(
                compared.isEmpty()
                        ? PromptWeights.apply(values, prompt.weights())
                        : CompelWeights.apply(
                                values, compared.get(0), compared.subList(1, compared.size()), prompt.weights()),
                states.getShape());
    }

    @Override
    public NDArray ids(NDManager scope, List<String> prompts) {
        return rows(scope, prompts.stream().map(tokenizer::encode).toList());
    }

    private NDArray rows(NDManager scope, List<long[]> ids) {
        return ClipTextEncoder.ids(scope, ids.stream().map(this::rowIds).toList());
    }

    /** For each token of some chunks its row index among the learned tokens; negative for tokens of the vocabulary. */
    private long[] learnedRows(List<long[]> ids) {
        return ids.stream()
                .flatMapToLong(Arrays::stream)
                .map(id -> id - tokenizer.vocabularySize())
                .toArray();
    }

    /**
     * The rows for the tokenizer's ids: first those of the encoder's table, then the learned tokens'. A table may be longer
     * than its tokenizer's vocabulary.
     */
    private long[] rowIds(long[] ids) {
        long shift = model.config().vocabSize() - tokenizer.vocabularySize();
        return shift == 0
                ? ids
                : Arrays.stream(ids)
                        .map(id -> id >= tokenizer.vocabularySize() ? id + shift : id)
                        .toArray();
    }

    @Override
    public int width() {
        return model.config().hiddenSize();
    }

    @Override
    public List<String> tokens(String text) {
        return tokenizer.tokens(text);
    }

    @Override
    public long[] rowIds(String text) {
        return rowIds(tokenizer.ids(text));
    }

    @Override
    public NDArray rows(NDManager scope, NDArray learned, long... ids) {
        return model.rows(scope, learned, ids);
    }

    @Override
    public double deviation() {
        return model.deviation();
    }

    @Override
    public NDArray noRows(NDManager scope) {
        return model.noRows(scope);
    }

    @Override
    public void closeTokenizer() {
        tokenizer.close();
    }
}
