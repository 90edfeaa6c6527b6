package dev.likeness.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/** The weight of each value's squared error, so that their weighted sum is the sum of the examples' weighted means. */
final class LossWeights {

    private LossWeights() {}

    /**
     * @param batch shape of the predictions, [B, Z, h, w]
     * @return [B, 1, h, w], or [B, 1, 1, 1] without masks
     */
    static NDArray of(NDManager scope, List<Example> examples, Shape batch) {
        int plane = Math.toIntExact(batch.get(2) * batch.get(3));
        long values = plane * batch.get(1);
        if (examples.stream().allMatch(e -> e.mask() == null)) {
            FloatBuffer weights = FloatBuffer.allocate(examples.size());
            examples.forEach(e -> weights.put((float) (e.weight() / values)));
            return scope.create(weights.flip(), new Shape(examples.size(), 1, 1, 1));
        }
        FloatBuffer weights = FloatBuffer.allocate(examples.size() * plane);
        examples.forEach(e -> weights.put(plane(e, plane, batch.get(1))));
        return scope.create(weights.flip(), new Shape(examples.size(), 1, batch.get(2), batch.get(3)));
    }

    private static float[] plane(Example example, int size, long channels) {
        float[] mask = example.mask();
        float[] plane = new float[size];
        if (mask == null) {
            Arrays.fill(plane, (float) (example.weight() / (size * channels)));
            return plane;
        }
        double sum = 0;
        for (float value : mask) {
            sum += value;
        }
        for (int i = 0; i < size && sum > 0; i++) {
            plane[i] = (float) (example.weight() * mask[i] / (sum * channels));
        }
        return plane;
    }
}
