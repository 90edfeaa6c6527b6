package dev.likeness.app.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.diffusion.data.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small copies of pictures. */
class ThumbnailTests {

    @ParameterizedTest
    @CsvSource({
        "512, 512, 256, 256",
        "300, 600, 128, 256",
        "1000, 250, 256, 64",
        "2048, 3, 256, 1",
        "257, 256, 256, 255"
    })
    void haveAtMost256PixelsOnTheirLongerSide(int width, int height, int smallWidth, int smallHeight) {
        RgbImage small = Thumbnail.of(new RgbImage(width, height, new byte[3 * width * height]));

        assertThat(small.width()).isEqualTo(smallWidth);
        assertThat(small.height()).isEqualTo(smallHeight);
    }

    @Test
    void areThePictureItselfIfItIsSmall() {
        RgbImage image = new RgbImage(256, 200, new byte[3 * 256 * 200]);

        assertThat(Thumbnail.of(image)).isSameAs(image);
    }
}
