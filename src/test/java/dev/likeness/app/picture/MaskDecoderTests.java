package dev.likeness.app.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.likeness.app.picture.PictureProblem.Kind;
import dev.likeness.diffusion.data.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskDecoderTests {

    /** A mask counts 0, 1, 2 ... row by row. It is turned as its picture is. */
    @ParameterizedTest
    @CsvSource({
        "1, 3, 2, 0 10 20 30 40 50",
        "2, 3, 2, 20 10 0 50 40 30",
        "3, 3, 2, 50 40 30 20 10 0",
        "6, 2, 3, 30 0 40 10 50 20",
        "8, 2, 3, 20 50 10 40 0 30"
    })
    void isTurnedWithItsPicture(int orientation, int width, int height, String values) throws Exception {
        RgbImage mask = MaskDecoder.decode(gray(3, 2), picture(3, 2, orientation));

        assertThat(mask.width()).isEqualTo(width);
        assertThat(mask.height()).isEqualTo(height);
        assertThat(values(mask)).isEqualTo(values);
    }

    @Test
    void isUprightAlreadyIfItHasTheSizeOfTheUprightPicture() throws Exception {
        assertThat(values(MaskDecoder.decode(gray(2, 3), picture(3, 2, 6)))).isEqualTo("0 10 20 30 40 50");
    }

    @Test
    void isTurnedByItsOwnOrientation() throws Exception {
        PictureFile stored = gray(3, 2);
        PictureFile own = new PictureFile(stored.format(), 3, 2, false, stored.essence(), null, exif(6));

        assertThat(values(MaskDecoder.decode(own, picture(2, 3, 1)))).isEqualTo("30 0 40 10 50 20");
        assertRefused(Kind.WRONG_SIZE, own, picture(3, 2, 1));
    }

    @Test
    void hasTheSizeOfItsPicture() throws Exception {
        assertRefused(Kind.WRONG_SIZE, gray(3, 2), picture(4, 2, 1));
        assertRefused(Kind.WRONG_SIZE, gray(2, 3), picture(3, 2, 3));
        assertThatExceptionOfType(RefusedPictureException.class)
                .isThrownBy(() -> MaskDecoder.decode(gray(3, 2), picture(30, 20, 1)))
                .withMessage("has 3x2 pixels, but its picture has 30x20; send a mask of the picture's size");
    }

    @Test
    void isGray() throws Exception {
        BufferedImage coloured = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
        coloured.setRGB(1, 1, 0xff0000);
        BufferedImage clear = new BufferedImage(3, 2, BufferedImage.TYPE_INT_ARGB);
        clear.setRGB(1, 1, 0x80ffffff);
        BufferedImage opaque = new BufferedImage(3, 2, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < 6; i++) {
            opaque.setRGB(i % 3, i / 3, i == 4 ? 0xff646464 : 0xff000000);
        }

        assertRefused(Kind.NOT_GRAY, png(coloured), picture(3, 2, 1));
        assertRefused(Kind.NOT_GRAY, png(clear), picture(3, 2, 1));
        assertThat(values(MaskDecoder.decode(png(opaque), picture(3, 2, 1)))).isEqualTo("0 0 0 0 100 0");
    }

    @Test
    void marksSomething() throws Exception {
        assertRefused(Kind.EMPTY, png(new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY)), picture(3, 2, 1));
    }

    @Test
    void isAPng() throws Exception {
        PictureFile jpeg = new PictureFile(PictureFormat.JPEG, 3, 2, false, new byte[0], null, null);

        assertRefused(Kind.UNSUPPORTED_FORMAT, jpeg, picture(3, 2, 1));
    }

    @Test
    void isTheOpacityOfAPictureIfSomeOfItIsTransparent() throws Exception {
        BufferedImage half = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        half.setRGB(0, 0, 0x28ff0000);
        half.setRGB(1, 0, 0xff00ff00);
        PictureFile file = png(half);
        BufferedImage clear = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);

        RgbImage opacity = PictureDecoder.decodeWithOpacity(
                        new PictureFile(file.format(), 2, 1, false, file.essence(), null, exif(6)))
                .opacity();

        assertThat(Objects.requireNonNull(opacity).width()).isOne();
        assertThat(values(opacity)).isEqualTo("40 255");
        assertThat(PictureDecoder.decodeWithOpacity(png(clear)).opacity()).isNull();
        assertThat(PictureDecoder.decodeWithOpacity(gray(3, 2)).opacity()).isNull();
    }

    private static void assertRefused(Kind kind, PictureFile mask, PictureFile picture) {
        assertThatExceptionOfType(RefusedPictureException.class)
                .isThrownBy(() -> MaskDecoder.decode(mask, picture))
                .extracting(RefusedPictureException::kind)
                .isEqualTo(kind);
    }

    private static PictureFile gray(int width, int height) throws Exception {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < width * height; i++) {
            image.getRaster().setSample(i % width, i / width, 0, 10 * i);
        }
        return png(image);
    }

    private static PictureFile png(BufferedImage image) throws IOException, RefusedPictureException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return PictureFile.open(out.toByteArray());
    }

    private static PictureFile picture(int width, int height, int orientation) {
        return new PictureFile(PictureFormat.JPEG, width, height, false, new byte[0], null, exif(orientation));
    }

    private static byte @Nullable [] exif(int orientation) {
        return new byte[] {
            'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte) orientation, 0, 0, 0, 0, 0, 0
        };
    }

    private static String values(RgbImage gray) {
        int[] values = new int[gray.width() * gray.height()];
        for (int i = 0; i < values.length; i++) {
            values[i] = gray.rgb()[3 * i] & 0xff;
        }
        return Arrays.toString(values).replaceAll("[\\[\\],]", "");
    }
}
