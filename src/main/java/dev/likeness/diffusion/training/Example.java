package dev.likeness.diffusion.training;

import dev.likeness.diffusion.family.LatentMoments;
import dev.likeness.diffusion.family.PictureSizes;
import org.jspecify.annotations.Nullable;

/**
 * One picture of a training batch.
 *
 * @param latent x_0, scaled, [Z, h, w]
 * @param noise of the same length
 * @param time of the noise process
 * @param prompt of the picture
 * @param sizes of the picture, for a denoiser that takes them
 * @param weight of this picture's mean squared error in the loss
 * @param mask weight of each position's error, [h, w] in 0 to 1, of which the loss takes the weighted mean; null for the mean over all positions
 * @param part of the loss that it belongs to
 */
public record Example(
        float[] latent,
        Noise noise,
        double time,
        String prompt,
        PictureSizes sizes,
        double weight,
        float @Nullable [] mask,
        LossPart part) {

    /**
     * This example with its errors multiplied by factors. The mean still counts all positions of the region, as in
     * {@code apply_masked_loss} of kohya's sd-scripts.
     *
     * @param region of whose errors the loss takes the mean, [h, w] in 0 to 1; null for all positions
     * @param factors [h, w] in 0 to 1
     */
    Example masked(float @Nullable [] region, float[] factors) {
        float[] product = factors.clone();
        double sum = 0;
        double all = 0;
        for (int i = 0; i < product.length; i++) {
            float inside = region == null ? 1 : region[i];
            product[i] *= inside;
            sum += product[i];
            all += inside;
        }
        // The weighted mean over the product divides by its sum.
        return new Example(latent, noise, time, prompt, sizes, weight * sum / all, product, part);
    }

    /**
     * The shape of the latent, which has the aspect ratio of the target of {@link #sizes}.
     *
     * @param channels Z
     */
    LatentMoments.Size shape(int channels) {
        int plane = latent.length / channels;
        int width = (int) Math.round(Math.sqrt((double) plane * sizes.targetWidth() / sizes.targetHeight()));
        return new LatentMoments.Size(channels, plane / width, width);
    }

    /** This example with its weight multiplied by a factor. */
    Example times(double factor) {
        return new Example(latent, noise, time, prompt, sizes, weight * factor, mask, part);
    }

    /**
     * The noise of a picture. With input perturbation both differ (Ning et al. 2023, arXiv:2301.11706).
     *
     * @param added to the latent
     * @param predicted epsilon of the denoiser's target
     */
    public record Noise(float[] added, float[] predicted) {

        /** The same noise. */
        public Noise(float[] noise) {
            this(noise, noise);
        }
    }

    /** A picture of the subject. */
    public Example(
            float[] latent,
            float[] noise,
            double time,
            String prompt,
            PictureSizes sizes,
            double weight,
            float @Nullable [] mask) {
        this(latent, new Noise(noise), time, prompt, sizes, weight, mask, LossPart.INSTANCE);
    }

    /** A picture of the subject without a mask. */
    public Example(float[] latent, float[] noise, double time, String prompt, PictureSizes sizes, double weight) {
        this(latent, noise, time, prompt, sizes, weight, null);
    }
}
