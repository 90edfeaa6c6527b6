package dev.likeness.diffusion.lora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A low-rank adapter (Hu et al. 2021, arXiv:2106.09685): beside the weight W of a layer, alpha / r * up * down.
 *
 * @param layers by name, which begins with the model's part: {@code unet.} or {@code text_encoder.}
 */
public record LoraAdapter(Map<String, Layer> layers) {

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
    }

    /**
     * An adapter and how much of it is wanted.
     *
     * @param unetScale of its layers in the UNet
     * @param textScale of its layers in the text towers
     */
    public record Scaled(LoraAdapter adapter, double unetScale, double textScale) {

        private double of(String layer) {
            return layer.startsWith(UNET) ? unetScale : textScale;
        }
    }

    /** What names of layers of the UNet begin with. */
    public static final String UNET = "unet.";

    /**
     * One adapter that does what several do together: their ranks stand side by side, their scales are in {@code up}.
     *
     * @param manager owns the result
     */
    public static LoraAdapter merge(NDManager manager, List<Scaled> adapters) {
        Map<String, List<Layer>> byName = new LinkedHashMap<>();
        for (Scaled scaled : adapters) {
            scaled.adapter()
                    .layers()
                    .forEach((name, layer) -> byName.computeIfAbsent(name, key -> new ArrayList<>())
                            .add(new Layer(
                                    layer.down(), layer.up().mul(layer.scale() * scaled.of(name)), layer.rank())));
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
}
