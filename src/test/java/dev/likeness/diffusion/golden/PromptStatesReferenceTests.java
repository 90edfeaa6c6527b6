package dev.likeness.diffusion.golden;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.family.Conditioning;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.text.NewTokens;
import dev.likeness.diffusion.token.PromptWeighting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

/** Text states of diffusers with clip_skip, and of compel: src/test/resources/prompts/reference.py. */
class PromptStatesReferenceTests {

    private static final Path REFERENCE = Path.of("src/test/resources/prompts/states.safetensors");
    private static final String PROMPT = "a painting of a sks dog on the beach, in the style of van gogh";
    /** Weights of the reference, in the syntax of stable-diffusion-webui. */
    private static final Map<String, String> WEIGHTED = Map.of(
            "up", "a photo of a (red:1.4) dog, (blue:1.2)",
            "down", "a photo of a (red:0.3) dog, (blue sky:0.7)",
            "both", "a (photo:1.5) of a (red:0.5) (dog:1.3), (blue:0.0)");

    @ParameterizedTest
    @ValueSource(strings = {"tiny-sd1", "tiny-sd2", "tiny-sdxl"})
    void skipsLayersAsDiffusers(String family) throws Exception {
        with(family, (reference, encoder) -> {
            int most = family.equals("tiny-sdxl") ? 2 : 3;
            for (int skip = 0; skip <= most; skip++) {
                String name = family + ".skip" + skip;
                Conditioning sampled = encoder.sampled(PROMPT, skip, PromptWeighting.A1111);
                Conditioning trained = encoder.trained(PROMPT, skip);

                assertClose(reference, name, sampled);
                assertThat(trained.context().toFloatArray())
                        .isEqualTo(sampled.context().toFloatArray());
                if (sampled.pooled() != null) {
                    reference.get(name + ".pooled").assertClose(sampled.pooled().toFloatArray(), 1e-5);
                    assertThat(Objects.requireNonNull(trained.pooled()).toFloatArray())
                            .isEqualTo(sampled.pooled().toFloatArray());
                }
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-sd1", "tiny-sd2", "tiny-sdxl"})
    void weighsAsCompel(String family) throws Exception {
        with(family, (reference, encoder) -> {
            for (Map.Entry<String, String> prompt : WEIGHTED.entrySet()) {
                assertClose(
                        reference,
                        family + "." + prompt.getKey(),
                        encoder.sampled(prompt.getValue(), 0, PromptWeighting.COMPEL));
            }
            if (!family.equals("tiny-sdxl")) {
                assertClose(
                        reference,
                        family + ".both.skip1",
                        encoder.sampled(Objects.requireNonNull(WEIGHTED.get("both")), 1, PromptWeighting.COMPEL));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-sd1", "tiny-sdxl"})
    void readsBracketsAsTextWithoutWeights(String family) throws Exception {
        with(family, (reference, encoder) -> {
            float[] literal = encoder.sampled("a (red:1.4) [dog] BREAK \\(x\\)", 0, PromptWeighting.NONE)
                    .context()
                    .toFloatArray();

            assertThat(literal)
                    .isEqualTo(encoder.trained("a (red:1.4) [dog] BREAK (x)", 0)
                            .context()
                            .toFloatArray());
        });
    }

    /** Without weights no weighting may change a bit. */
    @ParameterizedTest
    @ValueSource(strings = {"tiny-sd1", "tiny-sdxl"})
    void keepsPlainPromptsBitForBit(String family) throws Exception {
        with(family, (reference, encoder) -> {
            float[] plain = encoder.trained(PROMPT, 0).context().toFloatArray();

            for (PromptWeighting weighting : PromptWeighting.values()) {
                assertThat(encoder.sampled(PROMPT, 0, weighting).context().toFloatArray())
                        .as(weighting.wire())
                        .isEqualTo(plain);
            }
        });
    }

    private static void assertClose(GoldenTensors reference, String name, Conditioning found) {
        reference
                .get(name)
                .assertClose(
                        found.context().getShape().getShape(), found.context().toFloatArray(), 2e-5);
    }

    private record Encoder(NDManager manager, GoldenModel model) {

        Conditioning sampled(String prompt, int skip, PromptWeighting weighting) {
            return model.textEncoders()
                    .skipping(skip)
                    .encodeWeighted(manager, List.of(prompt), new NewTokens(List.of(), model.noRows()), weighting)
                    .get(0);
        }

        Conditioning trained(String prompt, int skip) {
            return model.textEncoders().skipping(skip).encode(manager, List.of(prompt), model.noRows());
        }
    }

    private interface Check {
        void on(GoldenTensors reference, Encoder encoder);
    }

    private static void with(String family, Check check) throws Exception {
        GoldenTensors reference = GoldenTensors.read(REFERENCE);
        GoldenCase golden = new GoldenCase(
                family,
                Path.of("src/test/resources/goldens", family),
                "prompts",
                JsonNodeFactory.instance.objectNode(),
                JsonNodeFactory.instance.objectNode());
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch");
                    GoldenModel model = GoldenModel.forSampling(golden, manager)) {
                check.on(reference, new Encoder(manager, model));
            }
        });
    }
}
