package dev.likeness.diffusion.lora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.adapter.AdapterDesign;
import dev.likeness.diffusion.adapter.LayerShapes;
import dev.likeness.diffusion.adapter.LayerTensor;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Makes adapters that change nothing. One factor of each product is zero. Others are normal: in a LoRA with deviation 1 / r, in a
 * LoHa and LoKr with the deviations of LyCORIS, whose LoKr and cores are uniform.
 */
public final class UntrainedAdapter {

    /** Zero in an adapter that changes nothing. */
    private static final Set<LayerTensor> ZERO =
            EnumSet.of(LayerTensor.LORA_UP, LayerTensor.HADA_W2_A, LayerTensor.LOKR_W2, LayerTensor.LOKR_W2_B);

    private final NDManager manager;
    private final AdapterDesign design;
    private final String part;
    private final LoraAdapter.Normal normal;

    /**
     * @param manager owns the adapter
     * @param part prefix of the layers' names, with its last dot
     */
    public UntrainedAdapter(NDManager manager, AdapterDesign design, String part, LoraAdapter.Normal normal) {
        this.manager = manager;
        this.design = design;
        this.part = part;
        this.normal = normal;
    }

    /** The norms of the present weights. */
    public interface Norms {

        /**
         * @param layer name without the part
         * @param shape of the outputs' norms or of the inputs'
         * @return owned by the caller's manager
         */
        NDArray of(String layer, Shape shape);
    }

    /** @param weights shapes of the layers' weights, by name without the part */
    public LoraAdapter of(Map<String, long[]> weights, Norms norms) {
        Map<String, LoraAdapter.Layer> beside = new LinkedHashMap<>();
        Map<String, List<WeightChange>> changes = new LinkedHashMap<>();
        int number = 0;
        for (Map.Entry<String, long[]> weight : weights.entrySet()) {
            String name = part + weight.getKey();
            AdapterDesign.Layer layer = design.of(name, weight.getValue());
            Map<LayerTensor, NDArray> tensors = products(layer.shapes(), number++);
            if (design.isBeside()) {
                NDArray down = Objects.requireNonNull(tensors.get(LayerTensor.LORA_DOWN));
                NDArray up = Objects.requireNonNull(tensors.get(LayerTensor.LORA_UP));
                beside.put(
                        name,
                        new LoraAdapter.Layer(
                                down, up, layer.scale() * layer.shapes().rank()));
            } else {
                long[] shape = layer.norms();
                if (shape != null) {
                    tensors.put(LayerTensor.DORA_SCALE, norms.of(weight.getKey(), new Shape(shape)));
                }
                changes.put(name, List.of(new WeightChange(tensors, layer.scale(), 1)));
            }
        }
        return new LoraAdapter(beside, changes);
    }

    private Map<LayerTensor, NDArray> products(LayerShapes shapes, int number) {
        Map<LayerTensor, long[]> all = shapes.all();
        int length = all.entrySet().stream()
                .filter(it -> deviation(shapes, it.getKey(), it.getValue()) > 0)
                .mapToInt(it -> Math.toIntExact(size(it.getValue())))
                .sum();
        float[] numbers = normal.draw(number, length);
        Map<LayerTensor, NDArray> tensors = new EnumMap<>(LayerTensor.class);
        int from = 0;
        for (Map.Entry<LayerTensor, long[]> tensor : all.entrySet()) {
            Shape shape = new Shape(tensor.getValue());
            double deviation = deviation(shapes, tensor.getKey(), tensor.getValue());
            if (deviation > 0) {
                int to = from + Math.toIntExact(shape.size());
                float[] values = Arrays.copyOfRange(numbers, from, to);
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) (values[i] * deviation);
                }
                tensors.put(tensor.getKey(), manager.create(values, shape));
                from = to;
            } else {
                tensors.put(tensor.getKey(), manager.zeros(shape));
            }
        }
        return tensors;
    }

    private static long size(long[] shape) {
        return LongStream.of(shape).reduce(1, (a, b) -> a * b);
    }

    /** Whether no layer of an adapter that was made here has been trained. */
    public static boolean isOne(LoraAdapter adapter) {
        return Stream.concat(
                        adapter.layers().values().stream().map(LoraAdapter.Layer::up),
                        adapter.changes().values().stream()
                                .flatMap(List::stream)
                                .flatMap(change -> change.tensors().entrySet().stream())
                                .filter(tensor -> ZERO.contains(tensor.getKey()))
                                .map(Map.Entry::getValue))
                .allMatch(UntrainedAdapter::isZero);
    }

    private static boolean isZero(NDArray tensor) {
        for (float value : tensor.toFloatArray()) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    /** 0 for a factor of zeros. */
    private static double deviation(LayerShapes shapes, LayerTensor tensor, long[] shape) {
        return switch (tensor) {
            case LORA_UP, HADA_W2_A, LOKR_W2, LOKR_W2_B, DORA_SCALE -> 0;
            case LORA_DOWN -> 1.0 / shapes.rank();
            case HADA_W1_B, HADA_W2_B -> 1;
            case HADA_W1_A, HADA_T1, HADA_T2 -> 0.1;
            // Of uniform numbers between -1 / sqrt(n) and 1 / sqrt(n), with n inputs of the factor.
            case LORA_MID, LOKR_W1, LOKR_W1_A, LOKR_W1_B, LOKR_W2_A, LOKR_T2 ->
                Math.sqrt((double) shape[0] / (3 * size(shape)));
        };
    }
}
