package dev.likeness.diffusion.method;

import ai.djl.ndarray.NDArray;
import dev.likeness.diffusion.adapter.MomentumState;
import dev.likeness.diffusion.lora.LoraAdapter;
import dev.likeness.diffusion.text.OutputEmbedding;
import dev.likeness.diffusion.token.Placeholder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of training.
 *
 * @param weights replace the base model's own, by name with the network's prefix
 * @param rows embeddings of the placeholders' tokens, for each text encoder
 * @param outputs states that replace those of the text encoders for these tokens
 * @param momentum v_train, v_star and gamma of the only placeholder; null without momentum
 */
public record TrainedWeights(
        Map<String, NDArray> weights,
        LoraAdapter adapter,
        List<Placeholder> placeholders,
        List<NDArray> rows,
        List<OutputEmbedding> outputs,
        @Nullable MomentumState momentum) {

    /** The kind, as the contents show it: a file of trained weights does not name the method. */
    public TrainedKind kind() {
        if (!adapter.isEmpty()) {
            return placeholders.isEmpty() ? TrainedKind.ADAPTER : TrainedKind.ADAPTER_WITH_EMBEDDINGS;
        }
        return placeholders.isEmpty() ? TrainedKind.WEIGHTS : TrainedKind.EMBEDDINGS;
    }

    static TrainedWeights weights(Map<String, NDArray> weights) {
        return new TrainedWeights(weights, LoraAdapter.NONE, List.of(), List.of(), List.of(), null);
    }

    static TrainedWeights adapter(LoraAdapter adapter) {
        return new TrainedWeights(Map.of(), adapter, List.of(), List.of(), List.of(), null);
    }

    /** These weights with embeddings. */
    TrainedWeights with(TrainedWeights embeddings) {
        return new TrainedWeights(
                weights, adapter, embeddings.placeholders, embeddings.rows, embeddings.outputs, embeddings.momentum);
    }

    static TrainedWeights tokens(Placeholder placeholder, List<NDArray> rows, @Nullable MomentumState momentum) {
        return new TrainedWeights(Map.of(), LoraAdapter.NONE, List.of(placeholder), rows, List.of(), momentum);
    }
}
