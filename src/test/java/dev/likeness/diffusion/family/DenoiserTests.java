package dev.likeness.diffusion.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.tensor.ModelConfig;
import dev.likeness.diffusion.unet.UnetConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DenoiserTests {

    private static final PictureSizes SIZES = PictureSizes.whole(64, 64);

    @Test
    void takesOfABatchWhatItsTopologyNames() throws Exception {
        with("tiny-sd1", (manager, denoiser) -> {
            NDArray pooled = manager.ones(new Shape(1, 48));

            float[] without = denoiser.predict(manager, batch(manager, 32, null, List.of()))
                    .toFloatArray();
            float[] with = denoiser.predict(manager, batch(manager, 32, pooled, List.of(SIZES)))
                    .toFloatArray();

            assertThat(with).isEqualTo(without);
        });
    }

    @Test
    void namesAnInputThatIsMissing() throws Exception {
        with(
                "tiny-sdxl",
                (manager, denoiser) -> assertThatIllegalArgumentException()
                        .isThrownBy(() -> denoiser.predict(manager, batch(manager, 80, null, List.of(SIZES))))
                        .withMessageContaining("pooled"));
    }

    @Test
    void givesTheGradientsOfWhatConditionsItBack() throws Exception {
        with("tiny-sdxl", (manager, denoiser) -> {
            Denoiser.Batch batch = batch(manager, 80, manager.ones(new Shape(1, 48)), List.of(SIZES));
            Denoiser.Recording wanted = denoiser.record(manager, batch, Set.of(), true, true);
            NDArray upstream = wanted.prediction().onesLike();

            Conditioning gradients =
                    Objects.requireNonNull(wanted.backward(upstream).conditioning());

            assertThat(gradients.context().getShape())
                    .isEqualTo(batch.conditioning().context().getShape());
            assertThat(Objects.requireNonNull(gradients.pooled()).getShape()).isEqualTo(new Shape(1, 48));
            assertThat(denoiser.record(manager, batch, Set.of(), false, true)
                            .backward(upstream)
                            .conditioning())
                    .isNull();
        });
    }

    private static Denoiser.Batch batch(
            NDManager manager, int features, @Nullable NDArray pooled, List<PictureSizes> sizes) {
        return new Denoiser.Batch(
                manager.ones(new Shape(1, 4, 8, 8)),
                manager.create(new float[] {7}),
                new Conditioning(manager.ones(new Shape(1, 3, features)), pooled),
                sizes);
    }

    private interface Check {
        void on(NDManager manager, Denoiser denoiser) throws Exception;
    }

    private static void with(String family, Check check) throws Exception {
        Path folder = Path.of("src/test/resources/goldens", family, "model/unet");
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch");
                    Denoiser denoiser = Denoiser.load(
                            manager,
                            folder,
                            UnetConfig.of(ModelConfig.tree(folder.resolve("config.json")))
                                    .topology(),
                            null)) {
                check.on(manager, denoiser);
            }
        });
    }
}
