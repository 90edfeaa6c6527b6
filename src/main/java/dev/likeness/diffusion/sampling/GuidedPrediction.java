package dev.likeness.diffusion.sampling;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The guided prediction of one image in one call of the denoiser: uncond + w * sum of weight * (cond - uncond). Its rescaling takes
 * the deviation that the sum has at w = 1, which is that of cond for a plain prompt.
 */
final class GuidedPrediction {

    private final double scale;
    private final double rescale;
    private final boolean plain;
    private float @Nullable [] unconditional;
    private float @Nullable [] sum;
    private float @Nullable [] atScaleOne;

    /**
     * @param scale w
     * @param rescale share of the prediction that is rescaled, 0 to 1
     * @param plain whether the prompt is one with the weight 1
     */
    GuidedPrediction(double scale, double rescale, boolean plain) {
        this.scale = scale;
        this.rescale = scale == 1 ? 0 : rescale;
        this.plain = plain;
    }

    /** Takes the unconditional prediction, before the others. Without it, the prediction is the only other one. */
    void start(float[] prediction) {
        unconditional = prediction;
    }

    /** Adds the prediction of a part of the prompt. */
    void add(float[] prediction, double weight) {
        if (unconditional == null) {
            sum = prediction;
            return;
        }
        sum = sum == null ? unconditional.clone() : sum;
        addInPlace(sum, prediction, unconditional, weight * scale);
        if (rescale > 0 && plain) {
            atScaleOne = prediction;
        } else if (rescale > 0) {
            atScaleOne = atScaleOne == null ? unconditional.clone() : atScaleOne;
            addInPlace(atScaleOne, prediction, unconditional, weight);
        }
    }

    float[] result() {
        float[] predicted = Objects.requireNonNull(sum);
        if (atScaleOne != null) {
            rescaleInPlace(predicted, deviation(atScaleOne));
        }
        return predicted;
    }

    private static void addInPlace(float[] sum, float[] prediction, float[] unconditional, double weight) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += (float) weight * (prediction[i] - unconditional[i]);
        }
    }

    private void rescaleInPlace(float[] predicted, double wanted) {
        double deviation = deviation(predicted);
        if (deviation == 0) {
            return;
        }
        double factor = rescale * (wanted / deviation) + (1 - rescale);
        for (int i = 0; i < predicted.length; i++) {
            predicted[i] = (float) (factor * predicted[i]);
        }
    }

    /** The standard deviation of some values, but for a factor that depends on their number. */
    private static double deviation(float[] values) {
        double mean = 0;
        for (float value : values) {
            mean += value;
        }
        mean /= values.length;
        double squares = 0;
        for (float value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares);
    }
}
