package dev.likeness.diffusion.sampling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.vae.Vae;
import java.nio.FloatBuffer;

/** Latents to pixels. */
public final class LatentDecoder {

    private static final int CHANNELS = 3;
    private static final int WHITE = 255;

    private LatentDecoder() {}

    /**
     * Decodes one image.
     *
     * @param latent scaled, [Z, h, w]
     * @param shape [Z, h, w]
     * @return [3, H, W] in [0, 1]
     */
    public static float[] decode(NDManager manager, Vae vae, float[] latent, Shape shape) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray scaled = scope.create(FloatBuffer.wrap(latent), new Shape(1).addAll(shape));
            NDArray image = vae.decode(scope, scaled.div(vae.config().scaling()));
            return image.div(2).add(0.5).clip(0, 1).toFloatArray();
        }
    }

    /** Rounds [3, H, W] in [0, 1] to 8-bit pixels, three bytes each, rows from the top. */
    public static byte[] toRgb(float[] image) {
        int pixels = image.length / CHANNELS;
        byte[] rgb = new byte[image.length];
        for (int c = 0; c < CHANNELS; c++) {
            for (int i = 0; i < pixels; i++) {
                // Half to even, as numpy rounds.
                rgb[i * CHANNELS + c] = (byte) Math.rint(image[c * pixels + i] * WHITE);
            }
        }
        return rgb;
    }
}
