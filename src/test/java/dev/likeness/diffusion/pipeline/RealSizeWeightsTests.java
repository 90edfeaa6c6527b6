package dev.likeness.diffusion.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.diffusion.graph.WeightSpec;
import dev.likeness.diffusion.tensor.ModelConfig;
import dev.likeness.diffusion.text.ClipTextConfig;
import dev.likeness.diffusion.unet.UnetConfig;
import dev.likeness.diffusion.vae.VaeConfig;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The networks of Stable Diffusion 1.5 have as many parameters as diffusers counts. */
class RealSizeWeightsTests {

    @Test
    void unet() throws Exception {
        Map<String, WeightSpec> weights =
                UnetConfig.of(ModelConfig.tree(file("unet/config.json"))).weights();

        assertThat(weights).hasSize(686);
        assertThat(parameters(weights)).isEqualTo(859_520_964);
    }

    @Test
    void autoencoder() throws Exception {
        Map<String, WeightSpec> weights =
                VaeConfig.read(file("vae/config.json")).weights();

        assertThat(parameters(weights)).isEqualTo(83_653_863);
    }

    @Test
    void textTextEncoder() throws Exception {
        ClipTextConfig config = ModelConfig.read(file("text_encoder/config.json"), ClipTextConfig.class, Map.of());

        assertThat(parameters(config.weights())).isEqualTo(123_060_480);
    }

    private static Path file(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(RealSizeWeightsTests.class.getResource("/real-size/" + name))
                .toURI());
    }

    private static long parameters(Map<String, WeightSpec> weights) {
        return weights.values().stream()
                .mapToLong(weight -> Arrays.stream(weight.shape()).reduce(1, (a, b) -> a * b))
                .sum();
    }
}
