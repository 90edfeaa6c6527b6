package dev.likeness.diffusion.training;

import dev.likeness.diffusion.family.PictureSizes;
import org.jspecify.annotations.Nullable;

/**
 * One picture of a training batch.
 *
 * @param latent x_0, scaled, [Z, h, w]
 * @param noise epsilon, as long
 * @param time how far it has come, as the noise process counts
 * @param prompt what the picture shows
 * @param sizes of the picture, for a UNet that takes them
 * @param weight of this picture's mean squared error in the loss
 * @param mask where the error counts, [h, w] in 0 to 1; null for everywhere. The mean is then over the masked values
 * @param part of the loss that it makes
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

    /** A picture of the subject that counts everywhere. */
    public Example(float[] latent, float[] noise, double time, String prompt, PictureSizes sizes, double weight) {
        this(latent, noise, time, prompt, sizes, weight, null);
    }
}
