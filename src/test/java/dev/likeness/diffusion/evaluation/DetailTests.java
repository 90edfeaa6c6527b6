package dev.likeness.diffusion.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.likeness.diffusion.data.PillowResize;
import dev.likeness.diffusion.data.RgbImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Detail, and reference values of {@code src/test/resources/detail/reference.py}. */
class DetailTests {

    private static final RgbImage GREY = grey(64, 64);

    private final List<RgbImage> owls;
    private final List<RgbImage> bears;

    DetailTests() throws IOException {
        owls = ColourTests.pictures("owl");
        bears = ColourTests.pictures("teddy-bear");
    }

    @Test
    void valuesAreThoseOfTheReference() throws IOException {
        JsonNode reference = reference();
        double sum = 0;
        double[][] explained = Details.explained(DetailEncoder.embed(bears), DetailEncoder.embed(owls));
        for (int i = 0; i < explained.length; i++) {
            for (int j = 0; j < explained[i].length; j++) {
                double wanted = reference.get("bears_and_owls").get(i).get(j).doubleValue();
                assertThat(explained[i][j]).as("%d, %d", i, j).isCloseTo(wanted, offset(1e-5));
                sum += wanted;
            }
        }

        Measurement measured = measure(bears, owls);
        assertThat(measured.similarity().value()).isCloseTo(sum / 36, offset(1e-5));
        assertThat(measured.similarity().n()).isEqualTo(36);
        assertThat(measured.similarity().value())
                .isBetween(measured.similarity().low(), measured.similarity().high());
        assertThat(Objects.requireNonNull(measured.reference()))
                .isCloseTo(reference.get("owls").doubleValue(), offset(1e-5));
        assertThat(measured.encoder()).isEqualTo("CIELAB patches");
    }

    @Test
    void thePictureItselfShowsAllAndAPlainImageNothing() {
        double[][] explained =
                Details.explained(DetailEncoder.embed(List.of(owls.get(0), GREY)), DetailEncoder.embed(owls));

        assertThat(explained[0][0]).isCloseTo(1, offset(1e-9));
        assertThat(explained[1][0]).isCloseTo(0, offset(1e-9));
    }

    @Test
    void aBlurredPictureShowsLess() {
        RgbImage owl = owls.get(0);
        List<RgbImage> images = new ArrayList<>();
        for (int side : new int[] {32, 16, 8}) {
            images.add(PillowResize.bicubic(PillowResize.bicubic(owl, side, side), 64, 64));
        }

        double[][] explained = Details.explained(DetailEncoder.embed(images), DetailEncoder.embed(List.of(owl, owl)));

        assertThat(List.of(explained[0][0], explained[1][0], explained[2][0]))
                .isSortedAccordingTo(Collections.reverseOrder());
        assertThat(explained[0][0]).isLessThan(0.98);
        assertThat(explained[2][0]).isLessThan(0.5);
    }

    @Test
    void theMiddleOfEverySizeIsCompared() {
        RgbImage owl = PillowResize.bicubic(owls.get(0), 64, 64);
        RgbImage wide = grey(100, 64);
        for (int y = 0; y < 64; y++) {
            System.arraycopy(owl.rgb(), y * 64 * 3, wide.rgb(), (y * 100 + 18) * 3, 64 * 3);
        }

        assertThat(DetailEncoder.embed(List.of(wide))[0]).isEqualTo(DetailEncoder.embed(List.of(owl))[0]);
    }

    @Test
    void picturesOfOneColourHaveNoDetailToMiss() {
        assertThat(measure(List.of(GREY), List.of(GREY, GREY)).similarity().value())
                .isEqualTo(1);
    }

    /** All pairs of 100 pictures would take a minute. */
    @Test
    void manyPicturesAreSampled() {
        assertThat(measure(List.of(GREY), Collections.nCopies(100, GREY))
                        .similarity()
                        .n())
                .isEqualTo(12);
    }

    private static Measurement measure(List<RgbImage> images, List<RgbImage> pictures) {
        EncodedSubject subject = new EncodedSubject(DetailEncoder.ID, DetailEncoder.embed(pictures));
        return Metric.DETAIL
                .measure(new EncodedImages(subject, DetailEncoder.embed(images), EncodedPrompts.NONE))
                .orElseThrow();
    }

    private static RgbImage grey(int width, int height) {
        byte[] rgb = new byte[width * height * 3];
        Arrays.fill(rgb, (byte) 128);
        return new RgbImage(width, height, rgb);
    }

    private static JsonNode reference() throws IOException {
        try (InputStream in = ColourTests.resource("/detail/reference.json")) {
            return JsonMapper.shared().readTree(in);
        }
    }
}
