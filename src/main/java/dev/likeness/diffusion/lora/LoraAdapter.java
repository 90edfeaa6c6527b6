package dev.likeness.diffusion.lora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.adapter.BaseLayers;
import dev.likeness.diffusion.adapter.LoraFile;
import dev.likeness.diffusion.tensor.TensorReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A low-rank adapter (Hu et al. 2021, arXiv:2106.09685): beside the weight W of a layer, alpha / r * up * down.
 *
 * @param layers by name, which begins with the model's part: {@code unet.} or {@code text_encoder.}
 */
public record LoraAdapter(Map<String, Layer> layers) {

    /** Changes nothing. */
    public static final LoraAdapter NONE = new LoraAdapter(Map.of());

    /**
     * The adapter of one layer.
     *
     * @param down [r, in], or [r, in, k, k] for a convolution; fp32
     * @param up [out, r], or [out, r, 1, 1]
     * @param alpha the numerator of the scale
     */
    public record Layer(NDArray down, NDArray up, double alpha) {

        /** r. */
        public long rank() {
            return down.getShape().get(0);
        }

        /** alpha / r. */
        public double scale() {
            return alpha / rank();
        }

        private NDArray addedTo(NDManager manager, NDArray weight) {
            try (NDManager scope = manager.newSubManager()) {
                scope.tempAttachAll(down, up, weight);
                NDArray change = up.reshape(-1, rank()).matMul(down.reshape(rank(), -1));
                NDArray sum = weight.add(change.mul(scale()).reshape(weight.getShape()));
                sum.attach(manager);
                return sum;
            }
        }
    }

    /**
     * An adapter and its scales.
     *
     * @param denoiserScale of its layers in the denoiser
     * @param textScale of its layers in the text encoders
     */
    public record Scaled(LoraAdapter adapter, double denoiserScale, double textScale) {

        private double of(String layer) {
            return BaseLayers.isOfTextEncoder(layer) ? textScale : denoiserScale;
        }
    }

    /** Standard normal numbers for one layer. */
    public interface Normal {

        /**
         * @param layer counted from 0
         * @param length how many
         */
        float[] draw(int layer, int length);
    }

    /**
     * An untrained adapter, which changes nothing: {@code up} is zero, {@code down} normal with deviation 1 / r.
     *
     * @param manager owns it
     * @param part prefix of the layers' names, with its last dot
     * @param weights shapes of the layers' weights
     */
    public static LoraAdapter init(
            NDManager manager, String part, Map<String, long[]> weights, int rank, double alpha, Normal normal) {
        Map<String, Layer> made = new LinkedHashMap<>();
        int number = 0;
        for (Map.Entry<String, long[]> weight : weights.entrySet()) {
            Shape down = down(weight.getValue(), rank);
            float[] values = normal.draw(number++, Math.toIntExact(down.size()));
            for (int i = 0; i < values.length; i++) {
                values[i] /= rank;
            }
            made.put(
                    part + weight.getKey(),
                    new Layer(manager.create(values, down), manager.zeros(up(weight.getValue(), rank)), alpha));
        }
        return new LoraAdapter(made);
    }

    /**
     * Reads an adapter.
     *
     * @param manager owns it
     */
    public static LoraAdapter read(NDManager manager, LoraFile file) {
        Map<String, Layer> read = new LinkedHashMap<>();
        file.layers().forEach((name, layer) -> {
            NDArray down = TensorReader.readFloat(manager, layer.down(), down(layer.weight(), layer.rank()));
            NDArray up = TensorReader.readFloat(manager, layer.up(), up(layer.weight(), layer.rank()));
            read.put(name, new Layer(down, up, layer.alpha()));
        });
        return new LoraAdapter(read);
    }

    private static Shape down(long[] weight, long rank) {
        long[] shape = weight.clone();
        shape[0] = rank;
        return new Shape(shape);
    }

    private static Shape up(long[] weight, long rank) {
        long[] shape = new long[weight.length];
        Arrays.fill(shape, 1);
        shape[0] = weight[0];
        shape[1] = rank;
        return new Shape(shape);
    }

    /**
     * One adapter with the effect of several: their ranks are concatenated, and their scales are folded into {@code up}.
     *
     * @param manager owns the result
     */
    public static LoraAdapter merge(NDManager manager, List<Scaled> adapters) {
        Map<String, List<Layer>> byName = new LinkedHashMap<>();
        for (Scaled scaled : adapters) {
            scaled.adapter().layers().forEach((name, layer) -> {
                double scale = layer.scale() * scaled.of(name);
                if (scale != 0) {
                    byName.computeIfAbsent(name, key -> new ArrayList<>())
                            .add(new Layer(layer.down(), layer.up().mul(scale), layer.rank()));
                }
            });
        }
        Map<String, Layer> merged = new LinkedHashMap<>();
        byName.forEach((name, layers) -> {
            NDArray down =
                    NDArrays.concat(new NDList(layers.stream().map(Layer::down).toList()), 0);
            NDArray up =
                    NDArrays.concat(new NDList(layers.stream().map(Layer::up).toList()), 1);
            layers.forEach(layer -> layer.up().close());
            down.attach(manager);
            up.attach(manager);
            merged.put(name, new Layer(down, up, down.getShape().get(0)));
        });
        return new LoraAdapter(merged);
    }

    /**
     * Whether it has layers of a network.
     *
     * @param part prefix of the network's layers, with its last dot
     */
    public boolean changes(String part) {
        return layers.keySet().stream().anyMatch(name -> name.startsWith(part));
    }

    /**
     * Copies of the weights that the adapter changes, with the adapter added: W + alpha / r * up * down.
     *
     * @param manager owns the result
     * @param part prefix of these layers' names, with its last dot
     * @param weights of that part, by name; not changed
     */
    public Map<String, NDArray> fuse(NDManager manager, String part, Map<String, NDArray> weights) {
        Map<String, NDArray> fused = new LinkedHashMap<>();
        layers.forEach((name, layer) -> {
            if (name.startsWith(part)) {
                String weight = name.substring(part.length()) + ".weight";
                fused.put(weight, layer.addedTo(manager, Objects.requireNonNull(weights.get(weight), weight)));
            }
        });
        return fused;
    }
}
