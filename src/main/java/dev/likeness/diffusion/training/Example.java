package dev.likeness.diffusion.training;

import dev.likeness.diffusion.family.PictureSizes;
import org.jspecify.annotations.Nullable;

/**
 * One picture of a training batch.
 *
 * @param latent x_0, scaled, [Z, h, w]
 * @param noise epsilon, of the same length
 * @param time of the noise process
 * @param prompt of the picture
 * @param sizes of the picture, for a denoiser that takes them
 * @param weight of this picture's mean squared error in the loss
 * @param mask weight of each position's error, [h, w] in 0 to 1, of which the loss takes the weighted mean; null for the mean over all positions
 * @param part of the loss that it belongs to
 */
public record Example(
        float[] latent,
        float[] noise,
        double time,
        String prompt,
        PictureSizes sizes,
        double weight,
        float @Nullable [] mask,
        LossPart part) {

    /** A picture of the subject. */
    public Example(
            float[] latent,
            float[] noise,
            double time,
            String prompt,
            PictureSizes sizes,
            double weight,
            float @Nullable [] mask) {
        this(latent, noise, time, prompt, sizes, weight, mask, LossPart.INSTANCE);
    }

    /** A picture of the subject without a mask. */
    public Example(float[] latent, float[] noise, double time, String prompt, PictureSizes sizes, double weight) {
        this(latent, noise, time, prompt, sizes, weight, null);
    }
}
