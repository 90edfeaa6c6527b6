package dev.likeness.diffusion.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.graph.Network;
import dev.likeness.diffusion.graph.Tape;
import dev.likeness.diffusion.text.NewTokens;
import dev.likeness.diffusion.token.PromptWeighting;
import dev.likeness.diffusion.token.WeightedPrompt;
import java.util.List;
import java.util.Set;

/**
 * A text encoder of a model, with its tokenizer: one implementation for each {@link TextEncoderKind}. Its states are in the order
 * of {@link ConditioningLayout.State}.
 */
public interface TextEncoder {

    /** Its folder in the model's folder. */
    String name();

    Network network();

    /** Number of its layers. */
    int layers();

    /**
     * The same encoder, whose states skip layers at the end, as diffusers' {@code clip_skip}: with 1, the last hidden state is
     * that of the second last layer, after the last norm, and the penultimate one that of the third last layer. The pooled state
     * passes all layers.
     *
     * @param skipped 0 for none; fewer than all layers that lead to the used state
     */
    TextEncoder skipping(int skipped);

    /** The encoder's ids of prompts [P, L]; learned tokens follow the encoder's vocabulary. */
    NDArray ids(NDManager scope, List<String> prompts);

    /** Encodes prompts without recording a graph. Longer prompts are truncated. */
    List<NDArray> encode(NDManager scope, List<String> prompts, NDArray rows);

    /**
     * Encodes prompts so that gradients can be computed. The last input is {@code rows}.
     *
     * @param rows embeddings of new tokens
     * @param rowsWanted whether to compute the gradient of rows
     * @param trained names of weights
     * @param checkpointing gradient checkpointing
     */
    Tape record(
            NDManager scope,
            List<String> prompts,
            NDArray rows,
            boolean rowsWanted,
            Set<String> trained,
            boolean checkpointing);

    /** Splits prompts in prompt syntax into chunks. */
    List<WeightedPrompt> chunk(List<String> prompts, NewTokens tokens, PromptWeighting weighting);

    /**
     * Encodes a prompt.
     *
     * @param number of this encoder in {@code tokens}
     * @param prompt from {@link #chunk}
     * @param chunks that it is padded to
     * @param weighted states to which the prompt's weights are applied
     * @return each state of the chunks in a row: [1, L, D]; the pooled one of the first chunk: [1, P]
     */
    List<NDArray> encodeWeighted(
            NDManager scope,
            int number,
            WeightedPrompt prompt,
            int chunks,
            NewTokens tokens,
            Set<ConditioningLayout.State> weighted);

    /** Length of a token's embedding. */
    int width();

    /** The tokens of a text, as they are spelled. */
    List<String> tokens(String text);

    /** The row of each token of a text: first those of the vocabulary, then those of new tokens. */
    long[] rowIds(String text);

    /**
     * The embeddings of tokens, [N, D], a copy.
     *
     * @param learned embeddings of the new tokens
     * @param ids as {@link #rowIds}
     */
    NDArray rows(NDManager scope, NDArray learned, long... ids);

    /** The standard deviation of all numbers in the table of embeddings, without those of new tokens. */
    double deviation();

    /** The rows for {@link #encode} and {@link #record} without new tokens. */
    NDArray noRows(NDManager scope);

    /** Frees the tokenizer, and keeps the network. */
    void closeTokenizer();
}
