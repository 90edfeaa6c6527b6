package dev.likeness.diffusion.vae;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.graph.DeclaredWeights;
import dev.likeness.diffusion.graph.TestTensors;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.tensor.SafeTensors;
import dev.likeness.diffusion.tensor.WeightFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class VaeTests {

    private static final Path FOLDER = folder("tiny-sd1");

    private static Path folder(String family) {
        return Path.of("src/test/resources/goldens/%s/model/vae".formatted(family));
    }

    private static VaeConfig config(String family) {
        return VaeConfig.read(folder(family).resolve("config.json"));
    }

    private static ObjectNode json() throws Exception {
        return (ObjectNode) JsonMapper.shared().readTree(Files.readString(FOLDER.resolve("config.json")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-sd1", "tiny-sd2", "tiny-sdxl"})
    void declaresTheWeightsThatItsKernelsRead(String family) throws Exception {
        VaeConfig config = config(family);
        int latents = config.latentChannels();

        DeclaredWeights.areThoseThatKernelsRead(
                new EncoderTopology(config),
                manager -> List.of(TestTensors.wave(manager, 0.7, 1, 3, 2L * config.factor(), 2L * config.factor())));
        DeclaredWeights.areThoseThatKernelsRead(
                new DecoderTopology(config), manager -> List.of(TestTensors.wave(manager, 0.7, 1, latents, 2, 2)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-sd1", "tiny-sd2", "tiny-sdxl"})
    void declaresTheWeightsOfAFileOfDiffusers(String family) {
        SafeTensors file = SafeTensors.openModel(folder(family), WeightFiles.DIFFUSERS.stem());

        assertThat(config(family).weights().keySet())
                .containsExactlyInAnyOrderElementsOf(file.entries().keySet().stream()
                        .map(VaeConfig::currentName)
                        .toList());
    }

    /** Different heights and widths, and a batch of two. */
    @Test
    void aLatentStandsForASquareOfPixels() throws Exception {
        assertThat(shape(Vae::encode, 2, 3, 24, 40)).isEqualTo(new Shape(2, 8, 6, 10));
        assertThat(shape(Vae::decode, 2, 4, 6, 10)).isEqualTo(new Shape(2, 3, 24, 40));
    }

    private interface Pass {
        NDArray of(Vae vae, NDManager manager, NDArray input);
    }

    private static Shape shape(Pass pass, long... input) throws Exception {
        return with((manager, vae) ->
                pass.of(vae, manager, TestTensors.wave(manager, 0.7, input)).getShape());
    }

    private static <T> T with(BiFunction<NDManager, Vae, T> work) throws Exception {
        return EngineTestThread.call(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch");
                    Vae vae = Vae.load(manager, FOLDER)) {
                return work.apply(manager, vae);
            }
        });
    }

    @Test
    void doesNotDependOnTheBatch() throws Exception {
        assertThat(differenceOfBatch(Vae::encode, 2, 3, 12, 12)).isLessThan(1e-5f);
        assertThat(differenceOfBatch(Vae::decode, 2, 4, 3, 3)).isLessThan(1e-5f);
    }

    /** The largest difference between the result for the second input alone and for both. */
    private static float differenceOfBatch(Pass pass, long... inputs) throws Exception {
        return with((manager, vae) -> {
            NDArray both = TestTensors.wave(manager, 0.7, inputs);
            NDArray alone = pass.of(vae, manager, both.get("1:2"));
            NDArray together = pass.of(vae, manager, both).get("1:2");
            assertThat(together.getShape()).isEqualTo(alone.getShape());
            return together.sub(alone).abs().max().getFloat();
        });
    }

    @ParameterizedTest
    @CsvSource({"'8', 1", "'8, 16', 2", "'8, 16, 16, 16', 8"})
    void everyLevelButTheLastHalvesASide(String widths, int factor) throws Exception {
        ObjectNode json = json();
        json.set("block_out_channels", JsonMapper.shared().readTree("[%s]".formatted(widths)));

        assertThat(VaeConfig.of(json).factor()).isEqualTo(factor);
    }

    @Test
    void scalesLatentsByTheFactorOfTheFileOrByThatOfStableDiffusion1() throws Exception {
        ObjectNode json = json();

        assertThat(VaeConfig.of(json.put("scaling_factor", 0.13025)).scaling()).isEqualTo(0.13025);
        json.remove("scaling_factor");
        assertThat(VaeConfig.of(json).scaling()).isEqualTo(0.18215);
    }

    @Test
    void readsTheNamesOfAttentionBeforeDiffusers017() {
        String attention = "encoder.mid_block.attentions.0.";

        assertThat(VaeConfig.currentName(attention + "query.weight")).isEqualTo(attention + "to_q.weight");
        assertThat(VaeConfig.currentName(attention + "proj_attn.bias")).isEqualTo(attention + "to_out.0.bias");
        assertThat(VaeConfig.currentName("encoder.conv_in.weight")).isEqualTo("encoder.conv_in.weight");
    }
}
