package dev.likeness.diffusion.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.data.Preprocessor;
import dev.likeness.diffusion.evaluation.ClipImageEncoder;
import dev.likeness.diffusion.evaluation.ClipTextEncoderWithProjection;
import dev.likeness.diffusion.evaluation.DinoImageEncoder;
import dev.likeness.diffusion.evaluation.EncodedImages;
import dev.likeness.diffusion.evaluation.EncodedPrompts;
import dev.likeness.diffusion.evaluation.EncodedSubject;
import dev.likeness.diffusion.evaluation.Metric;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.token.ClipTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Scores compared with transformers, from picture files to the value. */
class VisionGoldenTests {

    @TestFactory
    Stream<DynamicTest> scores() {
        return GoldenCases.tests(
                "tiny-vision",
                c -> EngineTestThread.run(() -> {
                    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
                        switch (c.name()) {
                            case "clip_i" -> clipI(c, manager);
                            case "clip_t" -> clipT(c, manager);
                            case "dino" -> dino(c, manager);
                            default -> throw new AssertionError("no check for " + c.id());
                        }
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> interpolatedPositions() {
        return GoldenCases.tests(
                "tiny-dinov2",
                c -> EngineTestThread.run(() -> {
                    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
                        dinoV2(c, manager);
                    }
                }));
    }

    private static void clipI(GoldenCase c, NDManager manager) throws Exception {
        GoldenTensors golden = c.tensors();
        Preprocessor preprocessor = Preprocessor.read(c.path("clip/preprocessor_config.json"));
        try (ClipImageEncoder encoder = ClipImageEncoder.load(manager, c.path("clip"))) {
            float[][] real = embed(c, "real", "clip", preprocessor, encoder::embed);
            float[][] generated = embed(c, "generated", "clip", preprocessor, encoder::embed);
            assertThat(value(Metric.CLIP_I, real, generated, EncodedPrompts.NONE))
                    .isCloseTo(golden.get("clip_i").scalar(), offset(c.tolerance("scores")));
        }
    }

    private static void clipT(GoldenCase c, NDManager manager) throws Exception {
        GoldenTensors golden = c.tensors();
        Preprocessor preprocessor = Preprocessor.read(c.path("clip/preprocessor_config.json"));
        try (ClipTokenizer tokenizer = ClipTokenizer.load(c.path("clip"));
                ClipImageEncoder pictures = ClipImageEncoder.load(manager, c.path("clip"));
                ClipTextEncoderWithProjection texts = ClipTextEncoderWithProjection.load(manager, c.path("clip"))) {
            List<long[]> ids = new ArrayList<>();
            for (JsonNode text : c.settings().required("texts")) {
                ids.add(tokenizer.encode(text.stringValue()));
            }
            assertThat(ids.stream().flatMapToLong(Arrays::stream)).containsExactly(boxed(golden.longs("text.ids")));
            float[][] embeddings = texts.embed(ids);
            for (int i = 0; i < embeddings.length; i++) {
                golden.get("text.embeds").at(i).assertClose(embeddings[i], c.tolerance("embeds"));
            }
            float[][] generated = embed(c, "generated", "clip", preprocessor, pictures::embed);
            int[] asked = IntStream.range(0, embeddings.length).toArray();
            EncodedPrompts prompts = new EncodedPrompts(embeddings, asked, embeddings[0]);
            assertThat(value(Metric.CLIP_T, generated, generated, prompts))
                    .isCloseTo(golden.get("clip_t").scalar(), offset(c.tolerance("scores")));
        }
    }

    /** The value that the service computes. */
    private static double value(Metric metric, float[][] real, float[][] generated, EncodedPrompts prompts) {
        EncodedImages images = new EncodedImages(new EncodedSubject("encoder", real), generated, prompts);
        return metric.measure(images).orElseThrow().similarity().value();
    }

    private static Long[] boxed(long[] values) {
        return Arrays.stream(values).boxed().toArray(Long[]::new);
    }

    private static void dino(GoldenCase c, NDManager manager) throws Exception {
        Preprocessor preprocessor = Preprocessor.read(c.path("dino/preprocessor_config.json"));
        try (DinoImageEncoder encoder = DinoImageEncoder.load(manager, c.path("dino"), preprocessor.width())) {
            float[][] real = embed(c, "real", "dino", preprocessor, encoder::embed);
            float[][] generated = embed(c, "generated", "dino", preprocessor, encoder::embed);
            assertThat(value(Metric.DINO, real, generated, EncodedPrompts.NONE))
                    .isCloseTo(c.tensors().get("dino").scalar(), offset(c.tolerance("scores")));
        }
    }

    private static void dinoV2(GoldenCase c, NDManager manager) throws Exception {
        Preprocessor preprocessor = Preprocessor.read(c.path("model/preprocessor_config.json"));
        List<float[]> pixels = pixels(c, "images", preprocessor);
        GoldenTensors golden = c.tensors();
        try (DinoImageEncoder encoder = DinoImageEncoder.load(manager, c.path("model"), preprocessor.width())) {
            float[][] embeddings = encoder.embed(pixels);
            for (int i = 0; i < embeddings.length; i++) {
                golden.get("pixels").at(i).assertClose(pixels.get(i), c.tolerance("pixels"));
                golden.get("cls").at(i).assertClose(embeddings[i], c.tolerance("cls"));
            }
        }
    }

    private interface Encoder {
        float[][] embed(List<float[]> pixels);
    }

    private static float[][] embed(
            GoldenCase c, String kind, String network, Preprocessor preprocessor, Encoder encoder) throws Exception {
        List<float[]> pixels = pixels(c, kind, preprocessor);
        float[][] embeddings = encoder.embed(pixels);
        GoldenTensors golden = c.tensors();
        for (int i = 0; i < embeddings.length; i++) {
            golden.get(kind + "." + network + "_pixels").at(i).assertClose(pixels.get(i), c.tolerance("pixels"));
            golden.get(kind + "." + network + "_embeds").at(i).assertClose(embeddings[i], c.tolerance("embeds"));
        }
        return embeddings;
    }

    private static List<float[]> pixels(GoldenCase c, String files, Preprocessor preprocessor) throws Exception {
        List<float[]> pixels = new ArrayList<>();
        for (JsonNode file : c.settings().required(files)) {
            pixels.add(preprocessor.apply(GoldenPicture.read(c.path("images/" + file.stringValue()))));
        }
        return pixels;
    }
}
