package dev.likeness.diffusion.training;

import ai.djl.ndarray.NDArray;
import dev.likeness.diffusion.tensor.Deviation;
import java.util.List;

/**
 * Keeps trained embeddings near the size of those that the encoder knows, as {@code retract_embeddings} of diffusers' advanced
 * DreamBooth scripts does: after each step they are multiplied by (s / std)^p, where std is the standard deviation of all of their
 * numbers, with N - 1 in the denominator.
 *
 * @param power p, 0 to 1; 0 for none, 1 so that they have exactly s
 * @param deviations s: the standard deviation of each encoder's table of embeddings
 */
public record Rescaling(double power, List<Double> deviations) {

    /** Leaves embeddings as they are. */
    public static final Rescaling NONE = new Rescaling(0, List.of());

    public Rescaling {
        deviations = List.copyOf(deviations);
    }

    /**
     * Rescales the embeddings of one encoder, in place. Embeddings that are all equal, such as zeros, stay as they are.
     *
     * @param number of the encoder
     * @param rows [N, D]
     */
    void apply(int number, NDArray rows) {
        if (power == 0) {
            return;
        }
        Deviation deviation = new Deviation();
        deviation.add(rows.toFloatArray());
        double now = deviation.value();
        if (now > 0) {
            rows.muli(Math.pow(deviations.get(number) / now, power));
        }
    }
}
