package dev.likeness.diffusion.pipeline;

import ai.djl.ndarray.NDArray;
import dev.likeness.diffusion.lora.LoraAdapter;
import dev.likeness.diffusion.token.Placeholder;
import java.util.List;
import java.util.Map;

/**
 * What a run has learned.
 *
 * @param weights put in the place of the base model's own, by name with the network's prefix
 * @param rows of the placeholders' tokens, for each text tower
 */
record Learned(Map<String, NDArray> weights, LoraAdapter adapter, List<Placeholder> placeholders, List<NDArray> rows) {

    static Learned weights(Map<String, NDArray> weights) {
        return new Learned(weights, LoraAdapter.NONE, List.of(), List.of());
    }

    static Learned adapter(LoraAdapter adapter) {
        return new Learned(Map.of(), adapter, List.of(), List.of());
    }

    static Learned tokens(Placeholder placeholder, List<NDArray> rows) {
        return new Learned(Map.of(), LoraAdapter.NONE, List.of(placeholder), rows);
    }
}
