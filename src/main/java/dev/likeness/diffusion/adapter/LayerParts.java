package dev.likeness.diffusion.adapter;

import dev.likeness.diffusion.tensor.Excerpt;
import dev.likeness.diffusion.tensor.SafeTensors.Entry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The tensors of one layer in a file. */
final class LayerParts {

    private final Map<LayerTensor, Found> tensors = new EnumMap<>(LayerTensor.class);
    private @Nullable Found alpha;

    /** A tensor with its name in the file. */
    record Found(String key, Entry entry) {

        long[] shape() {
            return entry.shape();
        }
    }

    /**
     * Adds a tensor.
     *
     * @param tensor null for alpha
     * @return the earlier one with the same meaning; null without one
     */
    @Nullable
    Found add(@Nullable LayerTensor tensor, Found found) {
        if (tensor != null) {
            return tensors.putIfAbsent(tensor, found);
        }
        Found former = alpha;
        alpha = former == null ? found : former;
        return former;
    }

    @Nullable
    Found alpha() {
        return alpha;
    }

    /** The tensors except alpha, in the order of the enum. */
    Map<LayerTensor, Found> tensors() {
        return tensors;
    }

    boolean has(LayerTensor tensor) {
        return tensors.containsKey(tensor);
    }

    Found get(LayerTensor tensor) {
        return Objects.requireNonNull(tensors.get(tensor));
    }

    /** Any tensor, to name the layer. */
    Found any() {
        return tensors.isEmpty()
                ? Objects.requireNonNull(alpha)
                : tensors.values().iterator().next();
    }

    static String sameAs(Found former) {
        return "has the same meaning as %s".formatted(Excerpt.of(former.key()));
    }
}
