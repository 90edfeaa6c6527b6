package dev.likeness.diffusion.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
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
import java.util.List;
import java.util.Set;

/**
 * CLIP's text encoder with its tokenizer. Prompts are split into chunks.
 *
 * @param name its folder in the model's folder
 * @param tokenizer including learned tokens
 */
public record ClipPromptEncoder(String name, ClipTokenizer tokenizer, ClipTextEncoder model) implements TextEncoder {

    @Override
    public Network network() {
        return model.network();
    }

    @Override
    public List<NDArray> encode(NDManager scope, List<String> prompts, NDArray rows) {
        return model.encode(scope, ids(scope, prompts), rows).all();
    }

    @Override
    public Tape record(
            NDManager scope,
            List<String> prompts,
            NDArray rows,
            boolean rowsWanted,
            Set<String> trained,
            boolean checkpointing) {
        return model.record(scope, ids(scope, prompts), rows, rowsWanted, trained, checkpointing);
    }

    @Override
    public List<WeightedPrompt> chunk(List<String> prompts, NewTokens tokens) {
        return chunker(tokens).chunk(prompts);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Output embeddings replace states before weights are applied.
     */
    @Override
    public List<NDArray> encodeWeighted(
            NDManager scope, int number, WeightedPrompt prompt, int chunks, NewTokens tokens, Set<State> weighted) {
        WeightedPrompt chunked = chunker(tokens).pad(prompt, chunks);
        List<NDArray> states = new ArrayList<>(
                model.encode(scope, rows(scope, chunked.ids()), tokens.rows().get(number))
                        .all());
        for (State state : weighted) {
            NDArray replaced =
                    replaced(scope, states.get(state.ordinal()), learnedRows(chunked.ids()), tokens.outputs(number));
            states.set(state.ordinal(), weighted(scope, replaced, chunked));
        }
        return Arrays.stream(State.values())
                .map(state -> inARow(state, states.get(state.ordinal())))
                .toList();
    }

    private PromptChunker chunker(NewTokens tokens) {
        return new PromptChunker(tokenizer, tokens::expand);
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

    private static NDArray weighted(NDManager scope, NDArray states, WeightedPrompt prompt) {
        return prompt.isPlain()
                ? states
                : scope.create(PromptWeights.apply(states.toFloatArray(), prompt.weights()), states.getShape());
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
    public NDArray noRows(NDManager scope) {
        return model.noRows(scope);
    }

    @Override
    public void closeTokenizer() {
        tokenizer.close();
    }
}
