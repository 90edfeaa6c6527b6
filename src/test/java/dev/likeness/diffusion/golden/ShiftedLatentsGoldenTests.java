package dev.likeness.diffusion.golden;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.family.LatentCodec;
import dev.likeness.diffusion.family.LatentMoments;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.vae.Vae;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Autoencoders with shifted latents and without quant convolutions, against diffusers. */
class ShiftedLatentsGoldenTests {

    private static final double TOLERANCE = 2e-4;

    @ParameterizedTest
    @ValueSource(strings = {"tiny-sd3", "tiny-flux"})
    void encodesAndDecodesAsDiffusers(String family) throws Exception {
        Path folder = Path.of("src/test/resources/goldens-vae", family);
        GoldenTensors golden = GoldenTensors.read(folder.resolve("tensors.safetensors"));
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
                Vae vae = Vae.load(manager, folder.resolve("vae"));
                assertThat(vae.config().weights().keySet()).noneMatch(name -> name.contains("quant_conv"));

                NDList moments =
                        vae.encode(manager, array(manager, golden, "vae.image")).split(2, 1);
                for (String name : new String[] {"vae.mean", "vae.logvar"}) {
                    NDArray found = moments.get(name.equals("vae.mean") ? 0 : 1);
                    golden.get(name).assertClose(found.getShape().getShape(), found.toFloatArray(), TOLERANCE);
                }

                LatentCodec codec = new LatentCodec(
                        vae, vae.config().scaling(), vae.config().shift());
                float[] latent = golden.get("vae.latent").values();
                float[] picture = codec.decode(manager, latent, new Shape(16, 16, 12));
                inRange(golden.get("vae.decoded_unscaled")).assertClose(picture, TOLERANCE);

                float[] mean = golden.get("vae.mean").values();
                LatentMoments exact =
                        new LatentMoments(mean, new float[mean.length], new LatentMoments.Size(16, 16, 12));
                golden.get("vae.scaled_mean").assertClose(codec.draw(exact, new float[mean.length]), TOLERANCE);
            }
        });
    }

    private static NDArray array(NDManager manager, GoldenTensors golden, String name) {
        return manager.create(FloatBuffer.wrap(golden.get(name).values()), new Shape(golden.shape(name)));
    }

    /** The codec's pictures are in 0 to 1, those of the autoencoder about in -1 to 1. */
    private static GoldenTensor inRange(GoldenTensor decoded) {
        float[] values = decoded.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.max(0, Math.min(1, values[i] / 2 + 0.5f));
        }
        return new GoldenTensor(decoded.name(), decoded.shape(), values);
    }
}
