package dev.likeness.diffusion.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.graph.Network;
import dev.likeness.diffusion.vae.Vae;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** Converts between pictures and the latents that a denoiser works on: z = (encoded - shift) * scale, and back. */
public final class LatentCodec implements AutoCloseable {

    private static final int CHANNELS = 3;

    private final Vae vae;
    private final double scale;
    private final double shift;

    /**
     * @param vae owned by the codec
     * @param scale about 1 / standard deviation of encoded pictures
     * @param shift about their mean; 0 if the denoiser was trained without it
     */
    public LatentCodec(Vae vae, double scale, double shift) {
        this.vae = vae;
        this.scale = scale;
        this.shift = shift;
    }

    /** The network that encodes pictures. */
    public Network encoder() {
        return vae.encoder();
    }

    /** The network that decodes latents. */
    public Network decoder() {
        return vae.decoder();
    }

    /** Number of pixels per latent position, along a side. */
    public int factor() {
        return vae.config().factor();
    }

    /** The shape of one picture's latents, [Z, h, w]. */
    public Shape shape(int height, int width) {
        return new Shape(vae.config().latentChannels(), height / factor(), width / factor());
    }

    /**
     * Encodes a square picture.
     *
     * @param values [3, side, side] in [-1, 1]
     */
    public LatentMoments encode(NDManager manager, float[] values) {
        int side = (int) Math.round(Math.sqrt(values.length / (double) CHANNELS));
        return encode(manager, values, side, side);
    }

    /**
     * Encodes a picture.
     *
     * @param values [3, height, width] in [-1, 1]
     */
    public LatentMoments encode(NDManager manager, float[] values, int height, int width) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray image = scope.create(FloatBuffer.wrap(values), new Shape(1, CHANNELS, height, width));
            NDArray encoded = vae.encode(scope, image);
            Shape shape = encoded.getShape();
            float[] moments = encoded.toFloatArray();
            return new LatentMoments(
                    Arrays.copyOf(moments, moments.length / 2),
                    Arrays.copyOfRange(moments, moments.length / 2, moments.length),
                    new LatentMoments.Size((int) shape.get(1) / 2, (int) shape.get(2), (int) shape.get(3)));
        }
    }

    /**
     * Samples latents of an encoded picture.
     *
     * @param noise standard normal numbers, one per latent value
     */
    public float[] draw(LatentMoments moments, float[] noise) {
        return moments.sample(noise, scale, shift);
    }

    /**
     * Decodes one image.
     *
     * @param latent scaled, as the denoiser's output, [Z, h, w]
     * @param shape [Z, h, w]
     * @return [3, H, W] in [0, 1]
     */
    public float[] decode(NDManager manager, float[] latent, Shape shape) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray scaled = scope.create(FloatBuffer.wrap(latent), new Shape(1).addAll(shape));
            NDArray image = vae.decode(scope, scaled.div(scale).add(shift));
            return image.div(2).add(0.5).clip(0, 1).toFloatArray();
        }
    }

    @Override
    public void close() {
        vae.close();
    }
}
