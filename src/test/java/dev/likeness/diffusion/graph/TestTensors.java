package dev.likeness.diffusion.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Small numbers without a pattern that could cancel out in a network, the same in every run. */
public final class TestTensors {

    private TestTensors() {}

    /** A tensor for each weight, with different numbers. */
    public static Map<String, NDArray> of(NDManager manager, Collection<WeightSpec> specs) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        specs.forEach(spec -> tensors.put(spec.name(), wave(manager, 0.3 + tensors.size(), spec.shape())));
        return tensors;
    }

    /** Samples of a sine, at most 1/4. */
    public static NDArray wave(NDManager manager, double frequency, long... shape) {
        Shape form = new Shape(shape);
        float[] values = new float[Math.toIntExact(form.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(1 + i * frequency) / 4;
        }
        return manager.create(values, form);
    }
}
