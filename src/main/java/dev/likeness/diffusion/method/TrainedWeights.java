package dev.likeness.diffusion.method;

import ai.djl.ndarray.NDArray;
import dev.likeness.diffusion.adapter.MomentumNotes;
import dev.likeness.diffusion.lora.LoraAdapter;
import dev.likeness.diffusion.text.OutputEmbedding;
import dev.likeness.diffusion.token.Placeholder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run has learned.
 *
 * @param weights put in the place of the base model's own, by name with the network's prefix
 * @param rows of the placeholders' tokens, for each text encoder
 * @param outputs what takes the place of text encoders' states of these tokens
 * @param momentum what the only placeholder's rows were mixed of; null without momentum
 */
public record TrainedWeights(
        Map<String, NDArray> weights,
        LoraAdapter adapter,
        List<Placeholder> placeholders,
        List<NDArray> rows,
        List<OutputEmbedding> outputs,
        @Nullable MomentumNotes momentum) {

    /** What it is, told by what it holds: a file of it does not name the method. */
    public TrainedKind kind() {
        if (!adapter.layers().isEmpty()) {
            return TrainedKind.ADAPTER;
        }
        return placeholders.isEmpty() ? TrainedKind.WEIGHTS : TrainedKind.EMBEDDINGS;
    }

    static TrainedWeights weights(Map<String, NDArray> weights) {
        return new TrainedWeights(weights, LoraAdapter.NONE, List.of(), List.of(), List.of(), null);
    }

    static TrainedWeights adapter(LoraAdapter adapter) {
        return new TrainedWeights(Map.of(), adapter, List.of(), List.of(), List.of(), null);
    }

    static TrainedWeights tokens(Placeholder placeholder, List<NDArray> rows, @Nullable MomentumNotes momentum) {
        return new TrainedWeights(Map.of(), LoraAdapter.NONE, List.of(placeholder), rows, List.of(), momentum);
    }
}
