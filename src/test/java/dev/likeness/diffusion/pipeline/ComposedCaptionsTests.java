package dev.likeness.diffusion.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.diffusion.caption.CaptionLists;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.tensor.ModelConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The bundled model's CLIP, on subjects that it was not trained with. The expected captions were written by looking at
 * the pictures.
 */
class ComposedCaptionsTests {

    private static final CaptionLists LISTS = lists();

    @Test
    void describesTheBundledPictures() throws Exception {
        Map<String, List<String>> scenes = Map.of(
                "owl bird",
                List.of(
                        "in a room",
                        "on a blue background",
                        "on a teal background",
                        "in the desert",
                        "on a pink background",
                        "on a gray background"),
                "running-shoe shoe",
                List.of(
                        "on a yellow background",
                        "in the city",
                        "on the grass",
                        "in the desert",
                        "on a blue background",
                        "on the beach"),
                "strawberry fruit",
                List.of(
                        "on the beach",
                        "in the city",
                        "on a pink background",
                        "on a yellow background",
                        "in a room",
                        "on a teal background"),
                "teddy-bear bear",
                List.of(
                        "on a teal background",
                        "in the city",
                        "on a blue background",
                        "on a pink background",
                        "on the beach",
                        "in the desert"));

        TinyWorld.with(pipeline -> {
            for (Map.Entry<String, List<String>> each : scenes.entrySet()) {
                String[] subject = each.getKey().split(" ");
                List<String> expected = each.getValue().stream()
                        .map(scene -> "a photo of a %s %s".formatted(subject[1], scene))
                        .toList();

                assertThat(ComposedCaptions.of(pipeline, LISTS, subject[1], TinyWorld.subject(subject[0])))
                        .as(subject[0])
                        .isEqualTo(expected);
            }
        });
    }

    @Test
    void tellsABlackAndWhitePicture() throws Exception {
        List<RgbImage> grey = new ArrayList<>();
        for (RgbImage picture : TinyWorld.subject("running-shoe")) {
            grey.add(withoutColour(picture));
        }

        TinyWorld.with(pipeline -> assertThat(ComposedCaptions.of(pipeline, LISTS, "shoe", grey))
                .allSatisfy(caption -> assertThat(caption).startsWith("a black and white photo of a shoe ")));
    }

    private static RgbImage withoutColour(RgbImage picture) {
        byte[] rgb = picture.rgb().clone();
        for (int i = 0; i < rgb.length; i += 3) {
            int luma = Math.round(0.299f * (rgb[i] & 255) + 0.587f * (rgb[i + 1] & 255) + 0.114f * (rgb[i + 2] & 255));
            rgb[i] = (byte) luma;
            rgb[i + 1] = (byte) luma;
            rgb[i + 2] = (byte) luma;
        }
        return new RgbImage(picture.width(), picture.height(), rgb);
    }

    private static CaptionLists lists() {
        JsonNode captions =
                ModelConfig.tree(TinyWorld.folder().resolve("likeness.json")).get("captions");
        return new CaptionLists(
                texts(captions.get("styles")),
                captions.get("style_margin").doubleValue(),
                texts(captions.get("scenes")));
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::stringValue).toList();
    }
}
