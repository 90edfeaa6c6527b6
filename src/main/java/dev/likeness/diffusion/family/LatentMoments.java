package dev.likeness.diffusion.family;

/**
 * The autoencoder's posterior of one picture, N(mean, exp(logVariance)). It never changes in a run, so a picture is
 * encoded once. Each step samples latents from it again.
 *
 * @param mean [Z, h, w], unscaled
 * @param logVariance of the same length
 */
public record LatentMoments(float[] mean, float[] logVariance, Size shape) {

    private static final float LOG_VARIANCE_MIN = -30;
    private static final float LOG_VARIANCE_MAX = 20;

    /** Z, h and w. */
    public record Size(int channels, int height, int width) {

        public int plane() {
            return height * width;
        }

        public int length() {
            return channels * plane();
        }
    }

    /** Samples scaled latents with the given noise, as long as the mean. */
    float[] sample(float[] noise, double scale, double shift) {
        float[] latent = new float[mean.length];
        for (int i = 0; i < latent.length; i++) {
            double logVar = Math.max(LOG_VARIANCE_MIN, Math.min(LOG_VARIANCE_MAX, logVariance[i]));
            latent[i] = (float) ((mean[i] + StrictMath.exp(0.5 * logVar) * noise[i] - shift) * scale);
        }
        return latent;
    }
}
