package dev.likeness.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.vae.Vae;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The autoencoder's posterior of one picture, N(mean, exp(logVariance)). It never changes in a run, so a picture is
 * encoded once; latents are drawn from it anew in each step.
 *
 * @param mean [Z, h, w], unscaled
 * @param logVariance as long
 */
record LatentMoments(float[] mean, float[] logVariance) {

    private static final float LOG_VARIANCE_MIN = -30;
    private static final float LOG_VARIANCE_MAX = 20;

    /**
     * Encodes pictures one by one, so that memory does not depend on their number.
     *
     * @param pictures each [3, side, side] in [-1, 1]
     */
    static List<LatentMoments> encode(NDManager manager, Vae vae, List<float[]> pictures, int side) {
        List<LatentMoments> encoded = new ArrayList<>();
        for (float[] picture : pictures) {
            try (NDManager scope = manager.newSubManager()) {
                NDArray image = scope.create(FloatBuffer.wrap(picture), new Shape(1, 3, side, side));
                float[] moments = vae.encode(scope, image).toFloatArray();
                encoded.add(new LatentMoments(
                        Arrays.copyOf(moments, moments.length / 2),
                        Arrays.copyOfRange(moments, moments.length / 2, moments.length)));
            }
        }
        return encoded;
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
