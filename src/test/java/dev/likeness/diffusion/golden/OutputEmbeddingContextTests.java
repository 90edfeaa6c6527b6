package dev.likeness.diffusion.golden;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.family.Conditioning;
import dev.likeness.diffusion.family.TextEncoder;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.text.NewTokens;
import dev.likeness.diffusion.text.OutputEmbedding;
import dev.likeness.diffusion.text.PromptWeights;
import dev.likeness.diffusion.token.Placeholder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * OneTrainer's output embeddings: the context contains them at the positions of their placeholder, and is otherwise the
 * encoders' output for their input embeddings.
 */
class OutputEmbeddingContextTests {

    /** The first placeholder has only input embeddings. */
    private static final List<Placeholder> WORDS = List.of(new Placeholder("<in>", 1), new Placeholder("<out>", 2));

    /** Position after the start, "a" and "photo"; the placeholder's two tokens follow. */
    private static final int PLACE = 3;

    @ParameterizedTest
    @ValueSource(strings = {"tiny-sd1", "tiny-sd2", "tiny-sdxl"})
    void replacesTheStatesOfItsWord(String family) throws Exception {
        with(family, (manager, model) -> {
            List<OutputEmbedding> outputs = outputs(model.textEncoders().textEncoders());
            String prompt = "a photo <out> <in>";

            Conditioning plain = encode(manager, model, prompt, List.of());
            Conditioning found = encode(manager, model, prompt, outputs);

            int width = Math.toIntExact(plain.context().getShape().get(2));
            float[] expected = plain.context().toFloatArray();
            int column = 0;
            for (OutputEmbedding output : outputs) {
                for (int token = 0; token < 2; token++) {
                    float[] states = output.states().get(token);
                    System.arraycopy(states, 0, expected, (PLACE + token) * width + column, states.length);
                }
                column += output.states().get(0).length;
            }
            assertThat(found.context().toFloatArray()).isEqualTo(expected);
            assertThat(expected).isNotEqualTo(plain.context().toFloatArray());
            if (family.equals("tiny-sdxl")) {
                assertThat(Objects.requireNonNull(found.pooled()).toFloatArray())
                        .isEqualTo(Objects.requireNonNull(plain.pooled()).toFloatArray());
            }
        });
    }

    /** The context concatenates the states of SDXL's encoders. One without output embeddings keeps its part. */
    @Test
    void leavesTheOtherTextEncoderAlone() throws Exception {
        with("tiny-sdxl", (manager, model) -> {
            List<OutputEmbedding> outputs = outputs(model.textEncoders().textEncoders());
            int first = outputs.get(0).states().get(0).length;

            NDArray plain = encode(manager, model, "a photo <out>", List.of()).context();
            NDArray found = encode(manager, model, "a photo <out>", outputs.subList(1, 2))
                    .context();

            assertThat(found.get(":, :, :" + first).toFloatArray())
                    .isEqualTo(plain.get(":, :, :" + first).toFloatArray());
            assertThat(found.get(":, %d, %d:".formatted(PLACE, first)).toFloatArray())
                    .isEqualTo(outputs.get(1).states().get(0));
        });
    }

    @Test
    void isFoundInLaterChunksAndThenWeighed() throws Exception {
        with("tiny-sd1", (manager, model) -> {
            List<OutputEmbedding> outputs = outputs(model.textEncoders().textEncoders());

            float[] plain = encode(manager, model, "a photo BREAK a photo <out>", outputs)
                    .context()
                    .toFloatArray();
            float[] weighed = encode(manager, model, "a photo BREAK a photo (<out>:1.5)", outputs)
                    .context()
                    .toFloatArray();

            int width = outputs.get(0).states().get(0).length;
            int length = plain.length / 2 / width;
            int from = (length + PLACE) * width;
            assertThat(Arrays.copyOfRange(plain, from, from + width))
                    .isEqualTo(outputs.get(0).states().get(0));
            float[] ones = new float[length];
            Arrays.fill(ones, 1);
            float[] weights = ones.clone();
            Arrays.fill(weights, PLACE, PLACE + 2, 1.5f);
            assertThat(weighed).isEqualTo(PromptWeights.apply(plain, List.of(ones, weights)));
        });
    }

    /** For each encoder distinct states of both tokens. */
    private static List<OutputEmbedding> outputs(List<TextEncoder> textEncoders) {
        List<OutputEmbedding> outputs = new ArrayList<>();
        for (int i = 0; i < textEncoders.size(); i++) {
            float[] one = new float[textEncoders.get(i).width()];
            float[] other = one.clone();
            for (int j = 0; j < one.length; j++) {
                one[j] = 1 + i + j / 64f;
                other[j] = -2 - i - j / 64f;
            }
            outputs.add(new OutputEmbedding(i, WORDS.get(0).vectors(), List.of(one, other)));
        }
        return outputs;
    }

    private static Conditioning encode(
            NDManager manager, GoldenModel model, String prompt, List<OutputEmbedding> outputs) {
        List<NDArray> rows = model.textEncoders().textEncoders().stream()
                .map(textEncoder -> manager.ones(new Shape(3, textEncoder.width())))
                .toList();
        return model.textEncoders()
                .encodeWeighted(manager, List.of(prompt), new NewTokens(WORDS, rows, outputs))
                .get(0);
    }

    private interface Run {
        void with(NDManager manager, GoldenModel model) throws IOException;
    }

    private static void with(String family, Run run) throws Exception {
        GoldenCase golden = new GoldenCase(
                family,
                Path.of("src/test/resources/goldens", family),
                "outputs",
                JsonNodeFactory.instance.objectNode(),
                JsonNodeFactory.instance.objectNode());
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch");
                    GoldenModel model = GoldenModel.forTraining(golden, manager, NewTokens.spellings(WORDS))) {
                run.with(manager, model);
            }
        });
    }
}
