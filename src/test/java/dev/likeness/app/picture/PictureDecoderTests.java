package dev.likeness.app.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.diffusion.data.Png;
import dev.likeness.diffusion.data.RgbImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureDecoderTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rgb.png",
                "rgba.png",
                "gray.png",
                "gray-alpha.png",
                "palette.png",
                "palette-transparent.png",
                "bitmap.png",
                "rgb16.png",
                "gray16.png",
                "exif.png",
                "interlaced.png",
                "interlaced16.png",
                "gray2.png",
                "gray4.png",
                "palette4.png",
                "colour-key.png",
                "broken-profile.png",
                "foreign-profile.png",
                "gray-gamma.png",
                "lossless.webp",
                "lossless-alpha.webp",
                "lossy.webp",
                "lossy-alpha.webp",
                "odd.webp",
                "exif.webp",
                "rgb.jpg",
                "progressive.jpg",
                "gray.jpg",
                "orientation-1.jpg",
                "orientation-2.jpg",
                "orientation-3.jpg",
                "orientation-4.jpg",
                "orientation-5.jpg",
                "orientation-6.jpg",
                "orientation-7.jpg",
                "orientation-8.jpg",
                "adobe-cmyk.jpg",
                "plain-cmyk.jpg",
                "ycck.jpg",
            })
    void decodesAsPillowDoes(String name) throws Exception {
        assertThat(largestDifference(name)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "profile.jpg",
                "profile.png",
                "profile.webp",
                "display-p3.jpg",
                "display-p3.png",
                "display-p3-16.png",
                "adobe-rgb.jpg",
                "rgba16.png",
                "gray16-alpha.png",
            })
    void roundsProfilesAndSixteenBitsNearly(String name) throws Exception {
        assertThat(largestDifference(name)).isLessThanOrEqualTo(1);
    }

    @Test
    void takesTheInkOutOfCmyk() throws Exception {
        RgbImage image = decode("cmyk.jpg");

        int red = (2 * image.width() + 2) * 3;
        assertThat(image.rgb()[red] & 0xff).isGreaterThan(170);
        assertThat(image.rgb()[red + 1] & 0xff).isLessThan(90);
        assertThat(image.rgb()[red + 2] & 0xff).isLessThan(90);
    }

    /** Of the samples, 0 to 255. */
    private static int largestDifference(String name) throws Exception {
        RgbImage actual = decode(name);
        RgbImage expected = Png.read(new ByteArrayInputStream(SamplePictures.read(name + ".expected.png")));
        assertThat(actual.width()).isEqualTo(expected.width());
        assertThat(actual.height()).isEqualTo(expected.height());
        int largest = 0;
        for (int i = 0; i < actual.rgb().length; i++) {
            largest = Math.max(largest, Math.abs((actual.rgb()[i] & 0xff) - (expected.rgb()[i] & 0xff)));
        }
        return largest;
    }

    private static RgbImage decode(String name) throws IOException, RefusedPictureException {
        return PictureDecoder.decode(PictureFile.open(SamplePictures.read(name)));
    }
}
