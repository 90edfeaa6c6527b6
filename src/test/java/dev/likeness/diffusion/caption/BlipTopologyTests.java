package dev.likeness.diffusion.caption;

import ai.djl.ndarray.NDArray;
import dev.likeness.diffusion.graph.DeclaredWeights;
import dev.likeness.diffusion.graph.TestTensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlipTopologyTests {

    private static final BlipConfig CONFIG =
            BlipConfig.read(Path.of("src/test/resources/goldens/tiny-blip/model/config.json"));

    @Test
    void theImageEncoderDeclaresTheWeightsThatItsKernelsRead() throws Exception {
        int side = CONFIG.vision().imageSize();

        DeclaredWeights.areThoseThatKernelsRead(
                new BlipVisionTopology(CONFIG), manager -> List.of(TestTensors.wave(manager, 0.7, 1, 3, side, side)));
    }

    /** The logits have a separate weight, or that of the word embeddings. */
    @ParameterizedTest
    @ValueSource(strings = {BlipTextTopology.WORD_EMBEDDINGS, BlipTextTopology.UNTIED_OUTPUT})
    void theTextDecoderDeclaresTheWeightsThatItsKernelsRead(String output) throws Exception {
        BlipTextConfig config = CONFIG.text();

        DeclaredWeights.areThoseThatKernelsRead(new BlipTextTopology(config, output), manager -> {
            List<NDArray> inputs =
                    new ArrayList<>(List.of(manager.create(new long[] {1, 5, 3}).reshape(1, 3)));
            for (int i = 0; i < 2 * config.numHiddenLayers(); i++) {
                inputs.add(TestTensors.wave(manager, 0.7 + i, 1, 4, config.hiddenSize()));
            }
            return inputs;
        });
    }
}
