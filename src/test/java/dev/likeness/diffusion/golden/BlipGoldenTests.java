package dev.likeness.diffusion.golden;

import static dev.likeness.diffusion.caption.CaptionOptions.options;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.caption.Blip;
import dev.likeness.diffusion.caption.Captioner;
import dev.likeness.diffusion.caption.Captioner.Options;
import dev.likeness.diffusion.data.Preprocessor;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.tensor.EngineTestThread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Captions compared with transformers, from picture files to words. */
class BlipGoldenTests {

    private static final int BEAMS = 3;

    @TestFactory
    Stream<DynamicTest> captions() {
        return GoldenCases.tests(
                "tiny-blip",
                c -> EngineTestThread.run(() -> {
                    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
                        assertThat(c.name()).isEqualTo("captions");
                        networks(c, manager);
                        words(c, manager);
                    }
                }));
    }

    /** Texts of every length: a token's logits depend only on earlier tokens. */
    private static void networks(GoldenCase c, NDManager manager) throws Exception {
        GoldenTensors golden = c.tensors();
        Preprocessor preprocessor = Preprocessor.read(c.path("model/preprocessor_config.json"));
        long[] ids = golden.longs("logits.ids");
        int length = Math.toIntExact(golden.shape("logits.ids")[1]);
        List<RgbImage> pictures = pictures(c);
        try (Blip blip = Blip.load(manager, c.path("model"))) {
            for (int i = 0; i < pictures.size(); i++) {
                float[] pixels = preprocessor.apply(pictures.get(i));
                golden.get("pixels").at(i).assertClose(pixels, c.tolerance("pixels"));
                Blip.ImageFeatures features = blip.encode(manager, pixels);
                golden.get("image_embeds")
                        .at(i)
                        .assertClose(features.embeds().toFloatArray(), c.tolerance("image_embeds"));
                for (int last = 0; last < length; last++) {
                    long[] text = Arrays.copyOfRange(ids, i * length, i * length + last + 1);
                    golden.get("logits")
                            .at(i)
                            .at(last)
                            .assertClose(blip.logits(features, List.of(text))[0], c.tolerance("logits"));
                }
            }
        }
    }

    private static void words(GoldenCase c, NDManager manager) throws Exception {
        String prompt = c.settings().required("prompt").stringValue();
        try (Captioner captioner = Captioner.load(manager, c.path("model"))) {
            assertCaptions(c, captioner, "greedy", options("", 1));
            assertCaptions(c, captioner, "prompted", options(prompt, 1));
            assertCaptions(c, captioner, "beam", options("", BEAMS));
        }
    }

    private static void assertCaptions(GoldenCase c, Captioner captioner, String kind, Options options)
            throws Exception {
        List<String> expected = new ArrayList<>();
        c.settings().required(kind).forEach(caption -> expected.add(caption.stringValue()));
        assertThat(pictures(c))
                .as(kind)
                .extracting(picture -> captioner.caption(picture, options))
                .isEqualTo(expected);
    }

    private static List<RgbImage> pictures(GoldenCase c) throws Exception {
        List<RgbImage> pictures = new ArrayList<>();
        for (JsonNode file : c.settings().required("images")) {
            pictures.add(GoldenPicture.read(c.path("images/" + file.stringValue())));
        }
        return pictures;
    }
}
