package dev.likeness.diffusion.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.vae.Vae;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LatentCodecTests {

    private static final Path VAE = Path.of("src/test/resources/goldens/tiny-sd1/model/vae");
    private static final double SCALE = 1.5;
    private static final double SHIFT = 0.25;

    @Test
    void drawsLatentsLessTheShiftTimesTheScale() throws Exception {
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch");
                    LatentCodec plain = new LatentCodec(Vae.load(manager, VAE), 1, 0);
                    LatentCodec codec = new LatentCodec(Vae.load(manager, VAE), SCALE, SHIFT)) {
                float[] picture = new float[3 * 16 * 16];
                for (int i = 0; i < picture.length; i++) {
                    picture[i] = (float) Math.sin(i);
                }
                LatentMoments moments = codec.encode(manager, picture);
                float[] noise = new float[moments.shape().length()];
                Arrays.fill(noise, 0.5f);

                float[] unscaled = plain.draw(moments, noise);
                float[] latents = codec.draw(moments, noise);

                assertThat(codec.shape(16, 16)).isEqualTo(new Shape(4, 4, 4));
                assertThat(latents).hasSize((int) codec.shape(16, 16).size());
                for (int i = 0; i < latents.length; i++) {
                    assertThat((double) latents[i]).isCloseTo((unscaled[i] - SHIFT) * SCALE, within(1e-5));
                }
            }
        });
    }

    @Test
    void decodesLatentsOverTheScalePlusTheShift() throws Exception {
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch");
                    Vae vae = Vae.load(manager, VAE);
                    LatentCodec codec = new LatentCodec(Vae.load(manager, VAE), SCALE, SHIFT)) {
                Shape shape = new Shape(4, 4, 4);
                float[] latent = new float[(int) shape.size()];
                float[] encoded = latent.clone();
                for (int i = 0; i < latent.length; i++) {
                    latent[i] = (float) Math.cos(i);
                    encoded[i] = (float) (latent[i] / SCALE + SHIFT);
                }

                NDArray picture = vae.decode(manager, manager.create(encoded, new Shape(1).addAll(shape)));

                float[] expected = picture.div(2).add(0.5).clip(0, 1).toFloatArray();
                assertThat(codec.decode(manager, latent, shape)).containsExactly(expected, within(1e-5f));
            }
        });
    }
}
