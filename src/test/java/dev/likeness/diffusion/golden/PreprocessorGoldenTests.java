package dev.likeness.diffusion.golden;

import dev.likeness.diffusion.data.Preprocessor;
import java.io.IOException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** The part of {@code tiny-vision/clip_i} without a network: the encoder's input. */
class PreprocessorGoldenTests {

    @TestFactory
    Stream<DynamicTest> pixels() throws IOException {
        GoldenCase golden = GoldenCases.find("tiny-vision", "clip_i");
        return Stream.of("real", "generated")
                .flatMap(kind -> StreamSupport.stream(
                                golden.settings().required(kind).spliterator(), false)
                        .map(JsonNode::stringValue)
                        .map(file -> DynamicTest.dynamicTest(
                                golden.id() + " pixels of " + file, () -> check(golden, kind, file))));
    }

    private static void check(GoldenCase golden, String kind, String file) throws IOException {
        int index = 0;
        while (!golden.settings().required(kind).get(index).stringValue().equals(file)) {
            index++;
        }
        Preprocessor preprocessor = Preprocessor.read(golden.path("clip/preprocessor_config.json"));

        float[] pixels = preprocessor.apply(GoldenPicture.read(golden.path("images/" + file)));

        golden.tensors().get(kind + ".clip_pixels").at(index).assertClose(pixels, golden.tolerance("pixels"));
    }
}
