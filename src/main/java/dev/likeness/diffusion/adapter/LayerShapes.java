package dev.likeness.diffusion.adapter;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The shapes of an adapter's tensors at one layer.
 *
 * @param kind of the change
 * @param weight shape of the layer's weight: [O, I], or [O, I, k, k] for a convolution
 * @param rank r
 * @param tucker whether a core [r, r, k, k] has the pixels of a convolution, not the second factor
 * @param factors of LoKr; those of other kinds are not read
 */
public record LayerShapes(LayerKind kind, long[] weight, long rank, boolean tucker, Factors factors) {

    /**
     * The two factors of LoKr.
     *
     * @param outputs of the first factor, a divisor of O
     * @param inputs of the first factor, a divisor of I
     * @param isFirstWhole whether the first factor is one matrix, not a product of two
     * @param isSecondWhole whether the second factor is
     */
    public record Factors(long outputs, long inputs, boolean isFirstWhole, boolean isSecondWhole) {

        /** For other kinds. */
        public static final Factors NONE = new Factors(1, 1, true, true);
    }

    /** The shapes that a file's tensors must have, as far as the tensors leave a choice. A rank or a factor can be invalid. */
    static LayerShapes of(LayerKind kind, long[] weight, LayerParts parts) {
        return switch (kind) {
            case LORA ->
                new LayerShapes(
                        kind,
                        weight,
                        first(parts, LayerTensor.LORA_DOWN),
                        parts.has(LayerTensor.LORA_MID),
                        Factors.NONE);
            case LOHA ->
                new LayerShapes(
                        kind,
                        weight,
                        first(parts, LayerTensor.HADA_W1_B),
                        parts.has(LayerTensor.HADA_T1),
                        Factors.NONE);
            case LOKR -> kronecker(weight, parts);
        };
    }

    private static LayerShapes kronecker(long[] weight, LayerParts parts) {
        boolean isFirstWhole = parts.has(LayerTensor.LOKR_W1);
        boolean isSecondWhole = parts.has(LayerTensor.LOKR_W2);
        long outputs = first(parts, isFirstWhole ? LayerTensor.LOKR_W1 : LayerTensor.LOKR_W1_A);
        long inputs = dimension(parts, isFirstWhole ? LayerTensor.LOKR_W1 : LayerTensor.LOKR_W1_B, 1);
        long rank = 1;
        if (!isFirstWhole || !isSecondWhole) {
            rank = first(parts, isSecondWhole ? LayerTensor.LOKR_W1_B : LayerTensor.LOKR_W2_B);
        }
        return new LayerShapes(
                LayerKind.LOKR,
                weight,
                rank,
                parts.has(LayerTensor.LOKR_T2),
                new Factors(outputs, inputs, isFirstWhole, isSecondWhole));
    }

    private static long first(LayerParts parts, LayerTensor tensor) {
        return dimension(parts, tensor, 0);
    }

    private static long dimension(LayerParts parts, LayerTensor tensor, int number) {
        long[] shape = parts.get(tensor).shape();
        return shape.length > number ? shape[number] : 0;
    }

    /** Whether a rank of at least 1 and factors that divide the weight's sides make tensors. */
    boolean isPossible() {
        return rank >= 1
                && factors.outputs >= 1
                && factors.inputs >= 1
                && weight[0] % factors.outputs == 0
                && weight[1] % factors.inputs == 0
                && (!tucker || weight.length == 4);
    }

    /** The shapes of all tensors but the norms of DoRA. */
    public Map<LayerTensor, long[]> all() {
        Map<LayerTensor, long[]> shapes = new EnumMap<>(LayerTensor.class);
        switch (kind) {
            case LORA -> {
                shapes.put(
                        LayerTensor.LORA_DOWN,
                        tucker ? with(ones(), rank, weight[1]) : with(kernel(), rank, weight[1]));
                shapes.put(LayerTensor.LORA_UP, with(ones(), weight[0], rank));
                if (tucker) {
                    shapes.put(LayerTensor.LORA_MID, core());
                }
            }
            case LOHA -> {
                product(shapes, LayerTensor.HADA_W1_A, LayerTensor.HADA_W1_B, weight[0], weight[1]);
                product(shapes, LayerTensor.HADA_W2_A, LayerTensor.HADA_W2_B, weight[0], weight[1]);
                if (tucker) {
                    shapes.put(LayerTensor.HADA_T1, core());
                    shapes.put(LayerTensor.HADA_T2, core());
                }
            }
            case LOKR -> kronecker(shapes);
        }
        return shapes;
    }

    private void kronecker(Map<LayerTensor, long[]> shapes) {
        if (factors.isFirstWhole) {
            shapes.put(LayerTensor.LOKR_W1, new long[] {factors.outputs, factors.inputs});
        } else {
            shapes.put(LayerTensor.LOKR_W1_A, new long[] {factors.outputs, rank});
            shapes.put(LayerTensor.LOKR_W1_B, new long[] {rank, factors.inputs});
        }
        long outputs = weight[0] / factors.outputs;
        long inputs = weight[1] / factors.inputs;
        if (factors.isSecondWhole) {
            shapes.put(LayerTensor.LOKR_W2, with(kernel(), outputs, inputs));
        } else {
            product(shapes, LayerTensor.LOKR_W2_A, LayerTensor.LOKR_W2_B, outputs, inputs);
            if (tucker) {
                shapes.put(LayerTensor.LOKR_T2, core());
            }
        }
    }

    /** Two factors of a matrix, or the outer two of one in Tucker form. */
    private void product(Map<LayerTensor, long[]> shapes, LayerTensor a, LayerTensor b, long outputs, long inputs) {
        shapes.put(a, tucker ? new long[] {rank, outputs} : new long[] {outputs, rank});
        shapes.put(b, new long[] {rank, tucker ? inputs : inputs * pixels()});
    }

    private long[] core() {
        return with(kernel(), rank, rank);
    }

    private long[] kernel() {
        return Arrays.copyOfRange(weight, 2, weight.length);
    }

    private long pixels() {
        return LongStream.of(kernel()).reduce(1, (a, b) -> a * b);
    }

    private long[] ones() {
        long[] ones = kernel();
        Arrays.fill(ones, 1);
        return ones;
    }

    private static long[] with(long[] kernel, long outputs, long inputs) {
        return LongStream.concat(LongStream.of(outputs, inputs), LongStream.of(kernel))
                .toArray();
    }

    /** The shape of DoRA's norms of each output of a weight. */
    public static long[] outputNorms(long[] weight) {
        long[] shape = ones(weight);
        shape[0] = weight[0];
        return shape;
    }

    /** The shape of DoRA's norms of each input of a weight. */
    public static long[] inputNorms(long[] weight) {
        long[] shape = ones(weight);
        shape[1] = weight[1];
        return shape;
    }

    private static long[] ones(long[] weight) {
        long[] shape = new long[weight.length];
        Arrays.fill(shape, 1);
        return shape;
    }
}
