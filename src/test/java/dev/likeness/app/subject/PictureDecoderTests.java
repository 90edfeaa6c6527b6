package dev.likeness.app.subject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.diffusion.data.Png;
import dev.likeness.diffusion.data.RgbImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                "lossless.webp",
                "lossless-alpha.webp",
                "exif.webp",
                "interlaced.png",
                "interlaced16.png",
                "gray2.png",
                "gray4.png",
                "palette4.png",
                "colour-key.png",
                "broken-profile.png",
                "foreign-profile.png",
            })
    void decodesLosslessFilesExactly(String name) throws Exception {
        assertThat(difference(name)).isZero();
    }

    /** Decoders differ in how they round, and where colour has half the resolution, at edges too. */
    @ParameterizedTest
    @CsvSource({
        "rgb.jpg, 1.5",
        "progressive.jpg, 1.5",
        "gray.jpg, 1.5",
        "orientation-1.jpg, 1.5",
        "orientation-2.jpg, 1.5",
        "orientation-3.jpg, 1.5",
        "orientation-4.jpg, 1.5",
        "orientation-5.jpg, 1.5",
        "orientation-6.jpg, 1.5",
        "orientation-7.jpg, 1.5",
        "orientation-8.jpg, 1.5",
        "lossy.webp, 4",
        "lossy-alpha.webp, 4",
        "odd.webp, 4",
        "profile.jpg, 2",
        "profile.png, 1",
        "profile.webp, 1",
        "display-p3.jpg, 0.5",
        "display-p3.png, 0.5",
        "display-p3-16.png, 0.5",
        "adobe-rgb.jpg, 0.5",
        "gray-gamma.png, 0.5",
        "rgba16.png, 0.5",
        "gray16-alpha.png, 0.5",
        "adobe-cmyk.jpg, 0.5",
        "plain-cmyk.jpg, 0.5",
        "ycck.jpg, 0.5",
    })
    void decodesOtherFilesAsPillowDoes(String name, double tolerance) throws Exception {
        assertThat(difference(name)).isLessThan(tolerance);
    }

    @Test
    void takesTheInkOutOfCmyk() throws Exception {
        RgbImage image = decode("cmyk.jpg");

        int red = (2 * image.width() + 2) * 3;
        assertThat(image.rgb()[red] & 0xff).isGreaterThan(170);
        assertThat(image.rgb()[red + 1] & 0xff).isLessThan(90);
        assertThat(image.rgb()[red + 2] & 0xff).isLessThan(90);
    }

    /** Mean absolute difference of the samples, 0 to 255. */
    private static double difference(String name) throws Exception {
        RgbImage actual = decode(name);
        RgbImage expected = Png.read(new ByteArrayInputStream(SamplePictures.read(name + ".expected.png")));
        assertThat(actual.width()).isEqualTo(expected.width());
        assertThat(actual.height()).isEqualTo(expected.height());
        long sum = 0;
        for (int i = 0; i < actual.rgb().length; i++) {
            sum += Math.abs((actual.rgb()[i] & 0xff) - (expected.rgb()[i] & 0xff));
        }
        return (double) sum / actual.rgb().length;
    }

    private static RgbImage decode(String name) throws IOException, RefusedPictureException {
        return PictureDecoder.decode(PictureFile.open(SamplePictures.read(name)));
    }
}
