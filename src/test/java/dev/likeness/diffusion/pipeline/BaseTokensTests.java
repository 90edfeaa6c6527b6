package dev.likeness.diffusion.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.likeness.diffusion.adapter.MomentumMode;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.method.Momentum;
import dev.likeness.diffusion.method.TextualInversion;
import dev.likeness.diffusion.sampling.SilentListener;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.SafeTensors;
import dev.likeness.diffusion.tensor.SafeTensorsHeader;
import dev.likeness.diffusion.training.Prompts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Models whose tokenizer already has a placeholder of two tokens, as after textual inversion. Its rows are copies of
 * those of the two tokens of "bird", so that both words must give the same images to the last bit.
 */
class BaseTokensTests {

    private static final int[] BIRD = {921, 323};
    private static final int VOCABULARY = 1514;
    private static final String PLAIN = "a photo of a bird, (a bird:1.3)";
    private static final String NEW = PLAIN.replace("bird", "<cat-toy>");
    private static final String TABLE = "token_embedding.weight";

    @TempDir
    private Path temp;

    @ParameterizedTest
    @ValueSource(strings = {"tiny-sd1", "tiny-sd2", "tiny-sdxl"})
    void meansWhatItsRowsMean(String model) throws Exception {
        Path folder = withTokens(model, 0);
        with(
                folder,
                pipeline -> assertThat(draw(pipeline, NEW).rgb())
                        .isEqualTo(draw(pipeline, PLAIN).rgb()));
        with(
                original(model),
                pipeline -> assertThat(draw(pipeline, NEW).rgb())
                        .isNotEqualTo(draw(pipeline, PLAIN).rgb()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 6})
    void isLearnedBesideAndFrom(int unusedRows) throws Exception {
        Path folder = withTokens("tiny-sd1", unusedRows);
        Path saved = temp.resolve("saved");
        with(folder, pipeline -> {
            learn(pipeline, "<first>", "<cat-toy>");
            assertThat(draw(pipeline, PLAIN.replace("bird", "<first>")).rgb())
                    .isEqualTo(draw(pipeline, PLAIN).rgb());
            try (OutputStream out = Files.newOutputStream(saved)) {
                pipeline.saveWeights(out);
            }
        });
        with(folder, pipeline -> {
            pipeline.loadWeights(saved);
            learn(pipeline, "<second>", "<first>");
            for (String word : List.of("<cat-toy>", "<first>", "<second>")) {
                assertThat(draw(pipeline, PLAIN.replace("bird", word)).rgb())
                        .as(word)
                        .isEqualTo(draw(pipeline, PLAIN).rgb());
            }
        });
    }

    @Test
    void refusesTokensWithoutRows() throws Exception {
        Path folder = withTokens("tiny-sd1", 0);
        Files.writeString(
                folder.resolve("tokenizer/added_tokens.json"), "{\"<x>\": %d}".formatted(VOCABULARY + BIRD.length));

        with(
                folder,
                pipeline -> assertThatExceptionOfType(InvalidModelException.class)
                        .isThrownBy(() -> draw(pipeline, PLAIN))
                        .withMessageContaining("tokenizer has ids up to 1516, but its text encoder has 1516 rows"));
    }

    @Test
    void refusesToLearnATokenThatIsThere() throws Exception {
        with(
                withTokens("tiny-sd1", 0),
                pipeline -> assertThatExceptionOfType(InvalidModelException.class)
                        .isThrownBy(() -> learn(pipeline, "<Cat-toy>", "bird"))
                        .withMessageContaining("token <Cat-toy> already"));
    }

    /** With gamma 0 the new placeholder keeps its initial embeddings. */
    private static void learn(Pipeline pipeline, String word, String from) throws IOException {
        pipeline.train(
                new TrainingRequest(
                        new TextualInversion(word, BIRD.length, from, new Momentum(0, MomentumMode.ANCHOR, from)),
                        new TrainingRequest.Subject(TinyWorld.subject("owl"), Prompts.fixed("a photo of a " + word)),
                        null,
                        TinyWorld.settings().steps(1).batch(1, 1).rate(0.05),
                        null),
                new TinyWorld.Losses());
    }

    private static RgbImage draw(Pipeline pipeline, String prompt) {
        return TinyWorld.pixels(pipeline.generate(TinyWorld.request(prompt, 1, 2, 1), new SilentListener()))
                .get(0);
    }

    private static void with(Path folder, TinyWorld.Check check) throws Exception {
        EngineTestThread.run(() -> {
            try (TorchEngine engine = TorchEngine.start(new EngineOptions("cpu", 0, null, null, true));
                    Pipeline pipeline = engine.open(folder, ScoreEncoders.in(folder))) {
                check.on(pipeline);
            }
        });
    }

    private static Path original(String model) {
        return Path.of("src/test/resources/goldens", model, "model");
    }

    /** @param unusedRows of the text encoders' tables, after those of the new tokens */
    private Path withTokens(String model, int unusedRows) throws IOException {
        Path folder = temp.resolve(model);
        FileSystemUtils.copyRecursively(original(model), folder);
        for (String suffix : List.of("", "_2")) {
            Path textEncoder = folder.resolve("text_encoder" + suffix);
            if (Files.isDirectory(textEncoder)) {
                lengthen(textEncoder, BIRD.length + unusedRows);
                Files.writeString(
                        folder.resolve("tokenizer" + suffix + "/added_tokens.json"),
                        "{\"<cat-toy>_1\": %d, \"<cat-toy>\": %d}".formatted(VOCABULARY + 1, VOCABULARY));
            }
        }
        return folder;
    }

    private static void lengthen(Path textEncoder, int rows) throws IOException {
        Path config = textEncoder.resolve("config.json");
        ObjectNode json = (ObjectNode) JsonMapper.shared().readTree(config.toFile());
        assertThat(json.path("vocab_size").asInt()).isEqualTo(VOCABULARY);
        Files.writeString(config, json.put("vocab_size", VOCABULARY + rows).toString());
        SafeTensors before = SafeTensors.openModel(textEncoder, "model");
        SafeTensorsHeader header = new SafeTensorsHeader(Map.of("format", "pt"));
        before.entries().forEach((name, entry) -> {
            long[] shape = entry.shape().clone();
            shape[0] += name.endsWith(TABLE) ? rows : 0;
            header.add(name, entry.element(), shape);
        });
        Path draft = textEncoder.resolve("draft");
        try (OutputStream out = Files.newOutputStream(draft)) {
            out.write(header.toBytes());
            for (Map.Entry<String, SafeTensors.Entry> tensor : before.entries().entrySet()) {
                byte[] bytes = bytes(tensor.getValue().map());
                out.write(bytes);
                if (tensor.getKey().endsWith(TABLE)) {
                    int row = bytes.length / VOCABULARY;
                    for (int i = 0; i < rows; i++) {
                        out.write(bytes, BIRD[Math.min(i, BIRD.length - 1)] * row, row);
                    }
                }
            }
        }
        Files.move(draft, textEncoder.resolve("model.safetensors"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
