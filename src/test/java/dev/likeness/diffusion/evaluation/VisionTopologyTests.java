package dev.likeness.diffusion.evaluation;

import dev.likeness.diffusion.graph.DeclaredWeights;
import dev.likeness.diffusion.graph.TestTensors;
import dev.likeness.diffusion.tensor.ConfigDefaults;
import dev.likeness.diffusion.tensor.ModelConfig;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisionTopologyTests {

    private static final Path GOLDENS = Path.of("src/test/resources/goldens");

    @Test
    void clipDeclaresTheWeightsThatItsKernelsRead() throws Exception {
        ClipVisionConfig config = ModelConfig.read(
                GOLDENS.resolve("tiny-vision/clip/config.json"),
                "vision_config",
                ClipVisionConfig.class,
                ConfigDefaults.CLIP_VISION);

        DeclaredWeights.areThoseThatKernelsRead(
                new ClipVisionTopology(config),
                manager -> List.of(TestTensors.wave(manager, 0.7, 1, 3, config.imageSize(), config.imageSize())));
    }

    /** Four patches and the class token. */
    @ParameterizedTest
    @ValueSource(strings = {"tiny-vision/dino", "tiny-dinov2/model"})
    void dinoDeclaresTheWeightsThatItsKernelsRead(String folder) throws Exception {
        DinoConfig config =
                ModelConfig.read(GOLDENS.resolve(folder).resolve("config.json"), DinoConfig.class, DinoConfig.DEFAULTS);
        long side = 2L * config.patchSize();

        DeclaredWeights.areThoseThatKernelsRead(
                new DinoTopology(config, 5), manager -> List.of(TestTensors.wave(manager, 0.7, 1, 3, side, side)));
    }
}
