package dev.likeness.diffusion.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.graph.Network;
import dev.likeness.diffusion.text.NewTokens;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns prompts into what a denoiser is conditioned on, and takes gradients back to weights and embeddings. */
public interface Conditioner {

    /** Its networks that training can change, by their names and in order. */
    Map<String, Network> networks();

    /**
     * Encodes prompts that are used side by side to sample with, in the syntax of {@link
     * dev.likeness.diffusion.token.PromptSyntax} and of any length.
     *
     * @param scope frees the result
     * @param tokens learned words, which stand for all of their tokens
     * @return for each prompt its conditioning: context [1, L, D], as long for all, pooled [1, P]
     */
    List<Conditioning> encodeWeighted(NDManager scope, List<String> prompts, NewTokens tokens);

    /**
     * Encodes prompts to train on, without recording a graph; what is longer than an encoder takes is cut off.
     *
     * @param scope frees the result
     * @param rows each encoder's learned tokens
     */
    Conditioning encode(NDManager scope, List<String> prompts, List<NDArray> rows);

    /**
     * Encodes prompts as {@link #encode} does, so that gradients can be computed.
     *
     * @param scope frees the result and what is kept for the gradients
     */
    Recording record(NDManager scope, List<String> prompts, List<NDArray> rows, Wanted wanted);

    /**
     * Which gradients are wanted.
     *
     * @param weights for each encoder the names of weights
     * @param rows whether those of the learned tokens' embeddings are
     * @param checkpointing gradient checkpointing
     */
    record Wanted(List<Set<String>> weights, boolean rows, boolean checkpointing) {

        boolean of(int encoder) {
            return rows || !weights.get(encoder).isEmpty();
        }
    }

    /** A batch of encoded prompts that can be followed back once. */
    interface Recording {

        Conditioning conditioning();

        /** Follows the encoding back from the gradients of the conditioning. */
        Gradients backward(Conditioning gradients);
    }

    /**
     * @param weights by name, with the encoder's name and a dot in front
     * @param rows for each encoder those of the learned tokens' embeddings; empty if they are not wanted
     */
    record Gradients(Map<String, NDArray> weights, List<NDArray> rows) {}
}
