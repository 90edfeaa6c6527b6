package dev.likeness.diffusion.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.data.Preprocessor;
import dev.likeness.diffusion.evaluation.ClipImageEncoder;
import dev.likeness.diffusion.evaluation.ClipScore;
import dev.likeness.diffusion.tensor.EngineTestThread;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Scores against transformers, from picture files to the figure. */
class VisionGoldenTests {

    @TestFactory
    Stream<DynamicTest> scores() {
        return GoldenCases.tests(
                "tiny-vision",
                c -> EngineTestThread.run(() -> {
                    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
                        assertThat(c.name()).isEqualTo("clip_i");
                        clipI(c, manager);
                    }
                }));
    }

    private static void clipI(GoldenCase c, NDManager manager) throws Exception {
        GoldenTensors golden = c.tensors();
        Preprocessor preprocessor = Preprocessor.read(c.path("clip/preprocessor_config.json"));
        try (ClipImageEncoder encoder = ClipImageEncoder.load(manager, c.path("clip"))) {
            float[][] real = embed(c, golden, encoder, preprocessor, "real");
            float[][] generated = embed(c, golden, encoder, preprocessor, "generated");
            assertThat(ClipScore.pairwiseMean(generated, real))
                    .isCloseTo(golden.get("clip_i").scalar(), offset(c.tolerance("scores")));
        }
    }

    private static float[][] embed(
            GoldenCase c, GoldenTensors golden, ClipImageEncoder encoder, Preprocessor preprocessor, String kind)
            throws Exception {
        List<float[]> pixels = new ArrayList<>();
        for (JsonNode file : c.settings().required(kind)) {
            pixels.add(preprocessor.apply(GoldenPicture.read(c.path("images/" + file.stringValue()))));
        }
        float[][] embeddings = encoder.embed(pixels);
        GoldenTensor expected = golden.get(kind + ".clip_embeds");
        for (int i = 0; i < embeddings.length; i++) {
            expected.at(i).assertClose(embeddings[i], c.tolerance("embeds"));
        }
        return embeddings;
    }
}
