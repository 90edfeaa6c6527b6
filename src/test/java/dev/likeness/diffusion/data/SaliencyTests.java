package dev.likeness.diffusion.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SaliencyTests {

    /** Compared with numpy in fp64: {@code src/test/resources/crops/reference.py}. */
    @ParameterizedTest
    @MethodSource("references")
    void isTheSpectralResidual(String line) throws IOException {
        double[] numbers =
                Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
        int left = (int) numbers[0];
        int top = (int) numbers[1];
        RgbImage image = Crop.of(photo(), left, top, (int) numbers[2] - left, (int) numbers[3] - top);
        int width = (int) numbers[4];
        int height = (int) numbers[5];
        double[] expected = Arrays.copyOfRange(numbers, 8, numbers.length);

        double[] map = Saliency.map(Saliency.gray(PillowResize.bicubic(image, width, height)), width, height);

        Focus focus = Saliency.focus(image).orElseThrow();
        assertThat(map).hasSameSizeAs(expected);
        Offset<Double> tolerance = within(1e-9 * Arrays.stream(expected).max().orElseThrow());
        for (int i = 0; i < map.length; i++) {
            assertThat(map[i]).isCloseTo(expected[i], tolerance);
        }
        assertThat(focus.x()).isCloseTo(numbers[6], within(1e-6));
        assertThat(focus.y()).isCloseTo(numbers[7], within(1e-6));
    }

    static Stream<String> references() throws IOException {
        try (InputStream in = resource("/crops/saliency.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList().stream();
        }
    }

    @Test
    void aDiskOnGrayStandsOut() {
        RgbImage image = new RgbImage(300, 100, new byte[300 * 100 * 3]);
        Arrays.fill(image.rgb(), (byte) 120);
        for (int y = 0; y < 100; y++) {
            for (int x = 0; x < 300; x++) {
                if (Math.hypot(x - 230, y - 60) < 12) {
                    Arrays.fill(image.rgb(), (y * 300 + x) * 3, (y * 300 + x) * 3 + 3, (byte) 250);
                }
            }
        }

        Focus focus = Saliency.focus(image).orElseThrow();

        assertThat(focus.x()).isCloseTo(230, within(10.0));
        assertThat(focus.y()).isCloseTo(60, within(10.0));
    }

    @Test
    void nothingStandsOutOfOneColour() {
        RgbImage image = new RgbImage(90, 60, new byte[90 * 60 * 3]);
        Arrays.fill(image.rgb(), (byte) 77);

        assertThat(Saliency.focus(image)).isEmpty();
    }

    private static RgbImage photo() throws IOException {
        try (InputStream in = resource("/photos/astronaut.png")) {
            return Png.read(in);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(SaliencyTests.class.getResourceAsStream(name));
    }
}
