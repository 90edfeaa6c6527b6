package dev.likeness.diffusion.text;

import dev.likeness.diffusion.graph.DeclaredWeights;
import dev.likeness.diffusion.graph.TestTensors;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClipTextTopologyTests {

    /** Tokens of the vocabulary and one learned row. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "tiny-sd1/model/text_encoder",
                "tiny-sd2/model/text_encoder",
                "tiny-sdxl/model/text_encoder",
                "tiny-sdxl/model/text_encoder_2"
            })
    void declaresTheWeightsThatItsKernelsRead(String folder) throws Exception {
        ClipTextConfig config = ClipTextConfig.read(Path.of("src/test/resources/goldens", folder, "config.json"));
        long[] ids = {5, config.vocabSize(), 3};

        DeclaredWeights.areThoseThatKernelsRead(
                new ClipTextTopology(config),
                manager -> List.of(
                        manager.create(ids).reshape(1, 3), TestTensors.wave(manager, 0.7, 1, config.hiddenSize())));
    }
}
