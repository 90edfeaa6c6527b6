package dev.likeness.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.golden.GoldenTensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parameters of several shapes with given gradients, as in optimizers/reference.py. */
final class ReferenceProblem {

    static final int STEPS = 20;
    static final AdamW.Settings ADAMW = new AdamW.Constants(0.9, 0.999, 0.01, 1e-8);
    static final AdamW.Settings LION = new AdamW.Constants(0.9, 0.99, 0.01, 1e-8);

    private static final Map<String, Shape> SHAPES = new LinkedHashMap<>();

    static {
        SHAPES.put("linear", new Shape(64, 80));
        SHAPES.put("conv", new Shape(16, 32, 3, 3));
        SHAPES.put("vector", new Shape(4097));
        SHAPES.put("table", new Shape(10, 24));
        SHAPES.put("pointwise", new Shape(32, 8, 1, 1));
        SHAPES.put("bias", new Shape(64));
        SHAPES.put("scale", new Shape());
    }

    private static final List<String> NAMES = List.copyOf(SHAPES.keySet());

    private ReferenceProblem() {}

    static GoldenTensors results() throws IOException {
        return GoldenTensors.read(Path.of("src/test/resources/optimizers/reference.safetensors"));
    }

    /** The initial parameters. */
    static Map<String, NDArray> parameters(NDManager manager) {
        return tensors(manager, 0);
    }

    /** Takes a range of steps, counted from 1. */
    static void train(NDManager manager, Optimizer optimizer, int first, int last) {
        for (int step = first; step <= last; step++) {
            try (NDManager scope = manager.newSubManager()) {
                optimizer.step(scope, tensors(scope, step), 0.01 / step);
            }
        }
    }

    /** The gradients of a step, counted from 1. */
    static Map<String, NDArray> gradients(NDManager manager, int step) {
        return tensors(manager, step);
    }

    private static Map<String, NDArray> tensors(NDManager manager, int step) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        SHAPES.forEach((name, shape) -> {
            float[] values = values(NAMES.indexOf(name), step, (int) shape.size());
            tensors.put(name, manager.create(values, shape));
        });
        return tensors;
    }

    /** Step 0 gives the initial values, others a gradient. */
    private static float[] values(int seed, int step, int count) {
        float[] values = noise(seed, step, count);
        for (int i = 0; i < count && step > 0; i++) {
            values[i] = (i + step) % 7 == 0 ? 0 : (float) (values[i] * Math.pow(2, -(i % 12)));
        }
        return values;
    }

    /** Numbers from -1 to 1, exact in fp32. */
    static float[] noise(int seed, int step, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            long mixed = ((i * 7919L + step * 104729L + seed * 1299709L + 12345) * 2654435761L) & 0xffffffffL;
            values[i] = (float) (((mixed >> 16) - 32768) / 32768d);
        }
        return values;
    }

    /** Every value of every tensor, with the tensor's name. */
    static Map<String, List<Float>> copy(Map<String, NDArray> tensors) {
        Map<String, List<Float>> copy = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            List<Float> values = new ArrayList<>();
            for (Number value : tensor.toArray()) {
                values.add(value.floatValue());
            }
            copy.put(name, values);
        });
        return copy;
    }
}
