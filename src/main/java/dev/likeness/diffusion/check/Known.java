package dev.likeness.diffusion.check;

import dev.likeness.diffusion.tensor.Resources;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Numbers that do not depend on the machine.
 *
 * @param source their origin
 * @param operations by {@linkplain Operation#label() label}, for each outcome in fp64 its {@linkplain #mark mark}
 * @param training of {@link TinyTraining}
 */
record Known(String source, Map<String, List<Double>> operations, Steps training) {

    static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    /**
     * The results of three training steps.
     *
     * @param losses before each step
     * @param gradientNorms before they are clipped
     */
    record Steps(List<Double> losses, List<Double> gradientNorms) {}

    static Known read() {
        return JSON.readValue(Resources.text(Known.class, "known.json"), Known.class);
    }

    /** One number for many values, with different weights: the sum of value i times the cosine of i. */
    static double mark(double[] values) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i] * StrictMath.cos(i);
        }
        return sum;
    }
}
