package dev.likeness.diffusion.lora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.adapter.AdapterDesign;
import dev.likeness.diffusion.adapter.BaseLayers;
import dev.likeness.diffusion.adapter.LayerTensor;
import dev.likeness.diffusion.adapter.LoraFile;
import dev.likeness.diffusion.graph.Adapters;
import dev.likeness.diffusion.tensor.TensorReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An adapter. Names of layers begin with the model's part: {@code unet.} or {@code text_encoder.}
 *
 * @param layers with low-rank adapters (Hu et al. 2021, arXiv:2106.09685): beside the weight W of a layer, alpha / r * up * down
 * @param changes of the weights of other layers, in their order: each changes the result of those before it
 */
public record LoraAdapter(Map<String, Layer> layers, Map<String, List<WeightChange>> changes) {

    /** Changes nothing. */
    public static final LoraAdapter NONE = new LoraAdapter(Map.of());

    private static final Set<LayerTensor> PLAIN = Set.of(LayerTensor.LORA_DOWN, LayerTensor.LORA_UP);

    /** A low-rank adapter without other changes. */
    public LoraAdapter(Map<String, Layer> layers) {
        this(layers, Map.of());
    }

    /** Whether it has no layers. */
    public boolean isEmpty() {
        return layers.isEmpty() && changes.isEmpty();
    }

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

        private WeightChange asChange(double share) {
            return new WeightChange(Map.of(LayerTensor.LORA_DOWN, down, LayerTensor.LORA_UP, up), scale(), share);
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
     * An untrained low-rank adapter, which changes nothing: {@code up} is zero, {@code down} normal with deviation 1 / r.
     *
     * @param manager owns it
     * @param part prefix of the layers' names, with its last dot
     * @param weights shapes of the layers' weights
     */
    public static LoraAdapter init(
            NDManager manager, String part, Map<String, long[]> weights, int rank, double alpha, Normal normal) {
        return new UntrainedAdapter(manager, AdapterDesign.lora(rank, alpha), part, normal)
                .of(weights, (layer, shape) -> {
                    throw new IllegalArgumentException("a LoRA has no norms");
                });
    }

    /**
     * Reads an adapter.
     *
     * @param manager owns it
     */
    public static LoraAdapter read(NDManager manager, LoraFile file) {
        Map<String, Layer> layers = new LinkedHashMap<>();
        Map<String, List<WeightChange>> changes = new LinkedHashMap<>();
        file.layers().forEach((name, layer) -> {
            Map<LayerTensor, NDArray> tensors = new EnumMap<>(LayerTensor.class);
            layer.tensors()
                    .forEach((tensor, it) ->
                            tensors.put(tensor, TensorReader.readFloat(manager, it.entry(), new Shape(it.shape()))));
            if (tensors.keySet().equals(PLAIN)) {
                layers.put(
                        name,
                        new Layer(
                                Objects.requireNonNull(tensors.get(LayerTensor.LORA_DOWN)),
                                Objects.requireNonNull(tensors.get(LayerTensor.LORA_UP)),
                                layer.alpha()));
            } else {
                changes.put(name, List.of(new WeightChange(tensors, layer.alpha() / layer.rank(), 1)));
            }
        });
        return new LoraAdapter(layers, changes);
    }

    static Shape down(long[] weight, long rank) {
        long[] shape = weight.clone();
        shape[0] = rank;
        return new Shape(shape);
    }

    static Shape up(long[] weight, long rank) {
        long[] shape = new long[weight.length];
        Arrays.fill(shape, 1);
        shape[0] = weight[0];
        shape[1] = rank;
        return new Shape(shape);
    }

    /**
     * One adapter with the effect of several. The ranks of low-rank adapters are concatenated, and their scales are folded into
     * {@code up}. At a layer with another change, all changes apply in the order of the list.
     *
     * @param manager owns the result; changes share their tensors with the given adapters
     */
    public static LoraAdapter merge(NDManager manager, List<Scaled> adapters) {
        Map<String, List<WeightChange>> changes = changes(adapters);
        Map<String, List<Layer>> byName = new LinkedHashMap<>();
        for (Scaled scaled : adapters) {
            scaled.adapter().layers().forEach((name, layer) -> {
                double scale = layer.scale() * scaled.of(name);
                if (scale != 0 && !changes.containsKey(name)) {
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
        return new LoraAdapter(merged, changes);
    }

    /** Every change of the layers that are not changed by low-rank adapters alone. */
    private static Map<String, List<WeightChange>> changes(List<Scaled> adapters) {
        Set<String> changed = adapters.stream()
                .flatMap(scaled -> scaled.adapter().changes().keySet().stream().filter(name -> scaled.of(name) != 0))
                .collect(Collectors.toSet());
        Map<String, List<WeightChange>> changes = new LinkedHashMap<>();
        for (Scaled scaled : adapters) {
            changed.stream().filter(name -> scaled.of(name) != 0).forEach(name -> {
                List<WeightChange> all = changes.computeIfAbsent(name, key -> new ArrayList<>());
                Layer layer = scaled.adapter().layers().get(name);
                if (layer != null) {
                    all.add(layer.asChange(scaled.of(name)));
                }
                scaled.adapter()
                        .changes()
                        .getOrDefault(name, List.of())
                        .forEach(it -> all.add(it.scaled(scaled.of(name))));
            });
        }
        return changes;
    }

    /**
     * Whether it has layers of a network.
     *
     * @param part prefix of the network's layers, with its last dot
     */
    public boolean changes(String part) {
        return Stream.concat(layers.keySet().stream(), changes.keySet().stream())
                .anyMatch(name -> name.startsWith(part));
    }

    /**
     * Copies of the weights that the adapter changes, with its changes.
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
        changes.forEach((name, all) -> {
            if (name.startsWith(part)) {
                String weight = name.substring(part.length()) + ".weight";
                fused.put(weight, applied(manager, all, Objects.requireNonNull(weights.get(weight), weight)));
            }
        });
        return fused;
    }

    private static NDArray applied(NDManager manager, List<WeightChange> changes, NDArray weight) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray changed = weight;
            for (WeightChange change : changes) {
                changed = change.apply(scope, changed);
            }
            changed.attach(manager);
            return changed;
        }
    }

    /** Its tensors at the layers of one network, by their names in that network. */
    public Map<String, NDArray> tensors(NDManager manager, String part) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        layers.forEach((name, layer) -> {
            if (name.startsWith(part)) {
                String own = name.substring(part.length());
                tensors.put(Adapters.down(own), layer.down());
                tensors.put(Adapters.up(own), layer.up());
                tensors.put(Adapters.scale(own), manager.create((float) layer.scale()));
            }
        });
        changes.forEach((name, all) -> {
            if (name.startsWith(part)) {
                for (int i = 0; i < all.size(); i++) {
                    add(tensors, manager, name.substring(part.length()), i, all.get(i));
                }
            }
        });
        return tensors;
    }

    private static void add(
            Map<String, NDArray> tensors, NDManager manager, String layer, int number, WeightChange change) {
        change.tensors().forEach((tensor, values) -> tensors.put(Adapters.change(layer, number, tensor.key()), values));
        tensors.put(Adapters.changeScale(layer, number), manager.create((float) change.scale()));
        if (change.share() != 1) {
            tensors.put(Adapters.changeShare(layer, number), manager.create((float) change.share()));
        }
    }
}
