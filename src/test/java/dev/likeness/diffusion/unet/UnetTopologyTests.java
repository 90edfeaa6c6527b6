package dev.likeness.diffusion.unet;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.family.Denoiser;
import dev.likeness.diffusion.family.PictureSizes;
import dev.likeness.diffusion.graph.DeclaredWeights;
import dev.likeness.diffusion.graph.TestTensors;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.tensor.ModelConfig;
import dev.likeness.diffusion.tensor.SafeTensors;
import dev.likeness.diffusion.tensor.WeightFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnetTopologyTests {

    private static Path folder(String family) {
        return Path.of("src/test/resources/goldens/%s/model/unet".formatted(family));
    }

    private static UnetConfig config(String family) {
        return UnetConfig.of(ModelConfig.tree(folder(family).resolve("config.json")));
    }

    /** Two positions at the lowest level. With only one, attention would ignore its queries. */
    @ParameterizedTest
    @ValueSource(strings = {"tiny-sd1", "tiny-sd2", "tiny-sdxl"})
    void declaresTheWeightsThatItsKernelsRead(String family) throws Exception {
        UnetConfig config = config(family);

        DeclaredWeights.areThoseThatKernelsRead(
                new UnetTopology(config), manager -> inputs(manager, config, 1, 2 * config.reach(), config.reach()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-sd1", "tiny-sd2", "tiny-sdxl"})
    void declaresTheWeightsOfAFileOfDiffusers(String family) {
        SafeTensors file = SafeTensors.openModel(folder(family), WeightFiles.DIFFUSERS.stem());

        assertThat(config(family).weights()).containsOnlyKeys(file.entries().keySet());
        config(family)
                .weights()
                .forEach((name, spec) -> assertThat(spec.shape())
                        .as(name)
                        .isEqualTo(
                                Objects.requireNonNull(file.entries().get(name)).shape()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-sd1", "tiny-sd2", "tiny-sdxl"})
    void predictsInTheShapeOfItsSamples(String family) throws Exception {
        UnetConfig config = config(family);
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch");
                    Denoiser unet = Denoiser.load(manager, folder(family), config.topology(), null)) {
                List<NDArray> inputs = inputs(manager, config, 2, 2 * config.reach(), 3 * config.reach());

                NDArray predicted = unet.network()
                        .forward(manager, new UnetTopology(config), inputs.toArray(NDArray[]::new))
                        .get(0);

                assertThat(predicted.getShape()).isEqualTo(new Shape(2, 4, 2L * config.reach(), 3L * config.reach()));
                assertThat(predicted.toFloatArray()).doesNotContain(Float.NaN).doesNotHaveDuplicates();
            }
        });
    }

    private static List<NDArray> inputs(NDManager manager, UnetConfig config, int batch, int height, int width) {
        List<NDArray> inputs = new ArrayList<>(List.of(
                TestTensors.wave(manager, 0.7, batch, config.inChannels(), height, width),
                manager.full(new Shape(batch), 500f),
                TestTensors.wave(manager, 1.3, batch, 6, config.crossAttentionDim())));
        Integer added = config.projectionClassEmbeddingsInputDim();
        Integer embedded = config.additionTimeEmbedDim();
        if (added != null && embedded != null) {
            inputs.add(TestTensors.wave(manager, 1.9, batch, added - PictureSizes.COUNT * embedded));
            inputs.add(manager.full(new Shape(batch, PictureSizes.COUNT), 64f));
        }
        return inputs;
    }
}
