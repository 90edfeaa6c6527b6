package dev.likeness.diffusion.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.graph.Network;
import dev.likeness.diffusion.text.NewTokens;
import dev.likeness.diffusion.token.PromptWeighting;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Encodes prompts to the conditioning of a denoiser, and propagates gradients back to weights and embeddings. */
public interface Conditioner {

    /** The text encoders that can learn tokens, in the order of the rows. */
    List<TextEncoder> textEncoders();

    /** The trainable networks, by their names and in order. */
    Map<String, Network> networks();

    /** The same with text encoders that skip layers at the end: {@link TextEncoder#skipping}. */
    Conditioner skipping(int clipSkip);

    /** The chunks of the longest of some prompts, which are used together for sampling. */
    int chunks(List<String> prompts, NewTokens tokens, PromptWeighting weighting);

    /**
     * Encodes a prompt for sampling, in the syntax of {@link dev.likeness.diffusion.token.PromptSyntax} and of any length.
     *
     * @param scope frees the result
     * @param chunks least number, as of {@link #chunks}
     * @param tokens learned tokens; a placeholder in a prompt expands to all of its tokens
     * @param weighting how weights change the states
     * @return context [1, L, D], whose length follows from the chunks, pooled [1, P]
     */
    Conditioning encodeWeighted(
            NDManager scope, String prompt, int chunks, NewTokens tokens, PromptWeighting weighting);

    /** Encodes prompts that are used together. */
    default List<Conditioning> encodeWeighted(
            NDManager scope, List<String> prompts, NewTokens tokens, PromptWeighting weighting) {
        int chunks = chunks(prompts, tokens, weighting);
        return prompts.stream()
                .map(prompt -> encodeWeighted(scope, prompt, chunks, tokens, weighting))
                .toList();
    }

    /** With weights as in stable-diffusion-webui. */
    default List<Conditioning> encodeWeighted(NDManager scope, List<String> prompts, NewTokens tokens) {
        return encodeWeighted(scope, prompts, tokens, PromptWeighting.A1111);
    }

    /**
     * Encodes prompts for training, without recording a graph. Longer prompts are truncated.
     *
     * @param scope frees the result
     * @param rows embeddings of learned tokens for each encoder
     */
    Conditioning encode(NDManager scope, List<String> prompts, List<NDArray> rows);

    /**
     * Encodes prompts as {@link #encode}, so that gradients can be computed.
     *
     * @param scope frees the result and the data kept for the gradients
     */
    Recording record(NDManager scope, List<String> prompts, List<NDArray> rows, RequestedGradients requested);

    /**
     * The requested gradients.
     *
     * @param weights for each encoder the names of weights
     * @param rows whether to compute those of the learned tokens' embeddings
     * @param checkpointing gradient checkpointing
     */
    record RequestedGradients(List<Set<String>> weights, boolean rows, boolean checkpointing) {

        boolean of(int encoder) {
            return rows || !weights.get(encoder).isEmpty();
        }
    }

    /** A batch of encoded prompts for one backward pass. */
    interface Recording {

        Conditioning conditioning();

        /** Propagates the gradients of the conditioning back. */
        Gradients backward(Conditioning gradients);
    }

    /**
     * @param weights by name, with the encoder's name and a dot as prefix
     * @param rows for each encoder those of the learned tokens' embeddings; empty if they were not requested
     */
    record Gradients(Map<String, NDArray> weights, List<NDArray> rows) {}
}
