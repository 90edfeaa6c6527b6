package dev.likeness.diffusion.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GuidedPredictionTests {

    private static final int LENGTH = 64;
    private static final double SCALE = 6;
    private static final double RESCALE = 0.7;

    private final float[] unconditional = random(1);
    private final float[] first = random(2);
    private final float[] second = random(3);

    /** Liu et al. 2022, equation 10, then Lin et al. 2023, equations 15 and 16, with the sum of the parts as the condition. */
    @Test
    void rescalesTheSumOfSeveralPromptsToTheirDeviationWithoutGuidance() {
        double[] sum = composed(1);
        double[] guided = composed(SCALE);
        double factor = deviation(sum) / deviation(guided);

        float[] found = predicted(SCALE, RESCALE);

        for (int i = 0; i < LENGTH; i++) {
            assertThat(found[i])
                    .isCloseTo((float) (RESCALE * guided[i] * factor + (1 - RESCALE) * guided[i]), within(1e-4f));
        }
    }

    @Test
    void leavesTheSumAsItIsWithoutGuidance() {
        double[] sum = composed(1);

        float[] found = predicted(1, RESCALE);

        for (int i = 0; i < LENGTH; i++) {
            assertThat(found[i]).isCloseTo((float) sum[i], within(1e-5f));
        }
    }

    /** Rounding makes uncond + (cond - uncond) another number than cond. */
    @Test
    void isThePredictionOfThePromptAloneWithoutAnUnconditionalOne() {
        GuidedPrediction prediction = new GuidedPrediction(1, RESCALE, true);
        prediction.add(first, 1);

        assertThat(prediction.result()).isEqualTo(first);
    }

    private float[] predicted(double scale, double rescale) {
        GuidedPrediction prediction = new GuidedPrediction(scale, rescale, false);
        prediction.start(unconditional);
        prediction.add(first, 1.2);
        prediction.add(second, -0.4);
        return prediction.result();
    }

    private double[] composed(double scale) {
        return IntStream.range(0, LENGTH)
                .mapToDouble(i -> unconditional[i]
                        + scale * 1.2 * (first[i] - unconditional[i])
                        - scale * 0.4 * (second[i] - unconditional[i]))
                .toArray();
    }

    private static double deviation(double[] values) {
        double mean = IntStream.range(0, values.length)
                .mapToDouble(i -> values[i])
                .average()
                .orElseThrow();
        return Math.sqrt(IntStream.range(0, values.length)
                .mapToDouble(i -> (values[i] - mean) * (values[i] - mean))
                .average()
                .orElseThrow());
    }

    private static float[] random(int seed) {
        Random random = new Random(seed);
        float[] values = new float[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
