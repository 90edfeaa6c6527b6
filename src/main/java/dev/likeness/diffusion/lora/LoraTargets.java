package dev.likeness.diffusion.lora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.lora.LoraAdapter.Layer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which layers of a network get an adapter. */
public enum LoraTargets {
    /** The projections of attention. */
    ATTENTION {
        @Override
        boolean includes(String layer, long[] weight) {
            return Stream.of("to_q", "to_k", "to_v", "to_out.0", "q_proj", "k_proj", "v_proj", "out_proj")
                    .anyMatch(name -> layer.endsWith("." + name));
        }
    },
    /** Every linear layer. */
    LINEAR {
        @Override
        boolean includes(String layer, long[] weight) {
            return weight.length == 2 && !layer.endsWith("_embedding") && !layer.equals("text_projection");
        }
    },
    /** Every linear layer and every convolution. */
    ALL {
        @Override
        boolean includes(String layer, long[] weight) {
            return LINEAR.includes(layer, weight) || weight.length == 4;
        }
    };

    private static final String WEIGHT = ".weight";

    abstract boolean includes(String layer, long[] weight);

    /** The shapes of the weights of the layers that get an adapter, by the layers' names. */
    public Map<String, long[]> layers(Map<String, NDArray> weights) {
        return weights.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(WEIGHT))
                .map(entry -> Map.entry(
                        entry.getKey().substring(0, entry.getKey().length() - WEIGHT.length()),
                        entry.getValue().getShape().getShape()))
                .filter(entry -> includes(entry.getKey(), entry.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
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
     * An adapter that does nothing yet: {@code up} is zero, {@code down} normal with deviation 1 / r.
     *
     * @param manager owns it
     * @param part what the layers' names are to begin with, its last dot included
     */
    public static LoraAdapter init(
            NDManager manager, String part, Map<String, long[]> layers, int rank, double alpha, Normal normal) {
        Map<String, Layer> made = new LinkedHashMap<>();
        int number = 0;
        for (Map.Entry<String, long[]> layer : layers.entrySet()) {
            long[] weight = layer.getValue();
            long[] downShape = weight.clone();
            downShape[0] = rank;
            long[] upShape = new long[weight.length];
            Arrays.fill(upShape, 1);
            upShape[0] = weight[0];
            upShape[1] = rank;
            float[] values = normal.draw(number++, Math.toIntExact(new Shape(downShape).size()));
            for (int i = 0; i < values.length; i++) {
                values[i] /= rank;
            }
            made.put(
                    part + layer.getKey(),
                    new Layer(manager.create(values, new Shape(downShape)), manager.zeros(new Shape(upShape)), alpha));
        }
        return new LoraAdapter(made);
    }
}
