package dev.likeness.diffusion.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.family.Denoiser;
import dev.likeness.diffusion.graph.Ops;
import dev.likeness.diffusion.graph.Topology;
import dev.likeness.diffusion.tensor.EngineTestThread;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImageGeneratorTests {

    private static final GenerationRequest.Image IMAGE = new GenerationRequest.Image("a bird", "a boat", 0);

    /** A denoiser that returns its sample. */
    private record Same(List<String> inputs) implements Topology {

        @Override
        public String name() {
            return "same";
        }

        @Override
        public <T> List<T> build(Ops<T> ops, List<T> inputs) {
            return List.of(inputs.get(0));
        }
    }

    @Test
    void encodesTheNegativePromptForClassifierFreeGuidance() throws Exception {
        assertThat(prompts(Denoiser.SAMPLE)).containsExactly("a bird", "a boat");
    }

    @Test
    void encodesNoNegativePromptIfTheDenoiserEmbedsGuidance() throws Exception {
        assertThat(prompts(Denoiser.SAMPLE, Denoiser.GUIDANCE)).containsExactly("a bird");
    }

    private static List<String> prompts(String... inputs) throws Exception {
        return EngineTestThread.call(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch");
                    Denoiser denoiser = new Denoiser(
                            manager, "unet", new Same(List.of(inputs)), Map.of("unused", manager.ones(new Shape(1))))) {
                return ImageGenerator.prompts(denoiser, IMAGE);
            }
        });
    }
}
