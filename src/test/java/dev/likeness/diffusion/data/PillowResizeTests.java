package dev.likeness.diffusion.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files were resized with Pillow 12.3.0, {@code Image.resize(size, BICUBIC)} and {@code BILINEAR}. */
class PillowResizeTests {

    @ParameterizedTest
    @CsvSource({"24, 15", "97, 20", "31, 61", "150, 200", "64, 64", "5, 3", "1, 1"})
    void equalsPillowBitForBit(int width, int height) throws IOException {
        RgbImage resized = PillowResize.bicubic(read("source"), width, height);

        assertThat(resized.width()).isEqualTo(width);
        assertThat(resized.height()).isEqualTo(height);
        assertThat(resized.rgb()).isEqualTo(read(width + "x" + height).rgb());
    }

    @ParameterizedTest
    @CsvSource({"24, 15", "150, 200", "31, 61"})
    void equalsPillowsBilinearBitForBit(int width, int height) throws IOException {
        RgbImage resized = PillowResize.resize(read("source"), width, height, PillowResize.Filter.BILINEAR);

        assertThat(resized.rgb())
                .isEqualTo(read("bilinear-%dx%d".formatted(width, height)).rgb());
    }

    @Test
    void leavesAPictureOfTheSizeAlone() throws IOException {
        RgbImage source = read("source");

        assertThat(PillowResize.bicubic(source, source.width(), source.height()))
                .isSameAs(source);
    }

    @ParameterizedTest
    @CsvSource({
        "100, 50, 20, 40, 20",
        "50, 100, 20, 20, 40",
        "97, 61, 64, 101, 64",
        "61, 97, 64, 64, 101",
        "30, 30, 7, 7, 7"
    })
    void keepsTheProportionAndRoundsTheLongSideDown(int width, int height, int side, int newWidth, int newHeight) {
        RgbImage resized = PillowResize.shortSide(
                new RgbImage(width, height, new byte[width * height * 3]), side, PillowResize.Filter.BICUBIC);

        assertThat(resized.width()).isEqualTo(newWidth);
        assertThat(resized.height()).isEqualTo(newHeight);
    }

    private static RgbImage read(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(
                PillowResizeTests.class.getResourceAsStream("/pictures/resampling/" + name + ".png"))) {
            return Png.read(in);
        }
    }
}
