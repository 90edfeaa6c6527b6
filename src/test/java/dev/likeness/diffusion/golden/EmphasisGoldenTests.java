package dev.likeness.diffusion.golden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.text.NewTokens;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Emphasis compared with a reference: transformers' encoders, with weights and mean restored separately for each
 * encoder, as in stable-diffusion-webui; and chunks for which the encoders have different numbers of tokens.
 */
class EmphasisGoldenTests {

    private static final Path FOLDER = Path.of("src/test/resources/emphasis");
    private static final GoldenCase MODEL = new GoldenCase(
            "emphasis",
            Path.of("src/test/resources/goldens/tiny-sdxl"),
            "two_towers",
            JsonNodeFactory.instance.objectNode(),
            JsonNodeFactory.instance.objectNode());

    @Test
    void weighsEachTextEncoderByItself() throws Exception {
        check("tiny-sdxl.safetensors", "a photo of a (red:1.4) [dog], (blue:0.5)");
    }

    /** The first tokenizer makes 73 tokens of it. The second, in which each {@code !} is a special token, makes 79. */
    @Test
    void fillsUpTheTextEncoderThatHasFewerChunks() throws Exception {
        check("tiny-sdxl-chunks.safetensors", "photo ".repeat(70) + "!!! !!! !!!");
    }

    private static void check(String file, String prompt) throws Exception {
        GoldenTensor expected = GoldenTensors.read(FOLDER.resolve(file)).get("context");
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch");
                    GoldenModel model = GoldenModel.forSampling(MODEL, manager)) {
                NDArray context = model.textEncoders()
                        .encodeWeighted(manager, List.of(prompt), new NewTokens(List.of(), model.noRows()))
                        .get(0)
                        .context();

                expected.assertClose(context.getShape().getShape(), context.toFloatArray(), 1e-5);
            }
        });
    }
}
