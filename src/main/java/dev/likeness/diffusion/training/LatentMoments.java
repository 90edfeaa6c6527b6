package dev.likeness.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.vae.Vae;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * The autoencoder's posterior of one picture, N(mean, exp(logVariance)). It never changes in a run, so a picture is
 * encoded once; latents are drawn from it anew in each step.
 *
 * @param mean [Z, h, w], unscaled
 * @param logVariance as long
 */
record LatentMoments(float[] mean, float[] logVariance, Size shape) {

    private static final int CHANNELS = 3;
    private static final float LOG_VARIANCE_MIN = -30;
    private static final float LOG_VARIANCE_MAX = 20;

    /** Z, h and w. */
    record Size(int channels, int height, int width) {

        int plane() {
            return height * width;
        }

        int length() {
            return channels * plane();
        }
    }

    /**
     * Encodes a picture.
     *
     * @param values [3, side, side] in [-1, 1]
     */
    static LatentMoments encode(NDManager manager, Vae vae, float[] values) {
        int side = (int) Math.round(Math.sqrt(values.length / (double) CHANNELS));
        try (NDManager scope = manager.newSubManager()) {
            NDArray image = scope.create(FloatBuffer.wrap(values), new Shape(1, CHANNELS, side, side));
            NDArray encoded = vae.encode(scope, image);
            Shape shape = encoded.getShape();
            float[] moments = encoded.toFloatArray();
            return new LatentMoments(
                    Arrays.copyOf(moments, moments.length / 2),
                    Arrays.copyOfRange(moments, moments.length / 2, moments.length),
                    new Size((int) shape.get(1) / 2, (int) shape.get(2), (int) shape.get(3)));
        }
    }

    /** Draws scaled latents with the given noise, as long as the mean. */
    float[] sample(float[] noise, double scaling) {
        float[] latent = new float[mean.length];
        for (int i = 0; i < latent.length; i++) {
            double logVar = Math.max(LOG_VARIANCE_MIN, Math.min(LOG_VARIANCE_MAX, logVariance[i]));
            latent[i] = (float) ((mean[i] + StrictMath.exp(0.5 * logVar) * noise[i]) * scaling);
        }
        return latent;
    }
}
