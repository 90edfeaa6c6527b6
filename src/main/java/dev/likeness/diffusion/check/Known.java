package dev.likeness.diffusion.check;

import dev.likeness.diffusion.tensor.Resources;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Numbers that do not depend on the machine.
 *
 * @param source where they are from
 * @param operations by {@linkplain Operation#label() label}, for each outcome in fp64 its {@linkplain #mark mark}
 * @param training of {@link TinyTraining}
 */
record Known(String source, Map<String, List<Double>> operations, Steps training) {

    static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    /**
     * What three steps of training give.
     *
     * @param losses before each step
     * @param gradientNorms before they are clipped
     */
    record Steps(List<Double> losses, List<Double> gradientNorms) {}

    static Known read() {
        return JSON.readValue(Resources.text(Known.class, "known.json"), Known.class);
    }

    /** One number for many, to which each contributes differently: the sum of value i times the cosine of i. */
    static double mark(double[] values) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i] * StrictMath.cos(i);
        }
        return sum;
    }
}
