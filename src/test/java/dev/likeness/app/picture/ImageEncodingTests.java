package dev.likeness.app.picture;

import static org.assertj.core.api.Assertions.assertThat;

import com.twelvemonkeys.imageio.metadata.CompoundDirectory;
import com.twelvemonkeys.imageio.metadata.Directory;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEG;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegment;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegmentUtil;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import com.twelvemonkeys.imageio.metadata.xmp.XMPReader;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import dev.likeness.diffusion.data.RgbImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of generated images, read by readers of others. */
class ImageEncodingTests {

    private static final int USER_COMMENT = 0x9286;
    private static final int EXIF_DIRECTORY = 0x8769;
    private static final String UTF_16 = "UNICODE\0";
    private static final ImageTexts TEXTS = new ImageTexts(
            "{\"prompt\":\"a <schöner> \ud83e\udd89 & 日本\",\"seed\":7}",
            "a <schöner> \ud83e\udd89 & 日本\nSteps: 30, Sampler: DDIM, CFG scale: 5.0");

    @ParameterizedTest
    @ValueSource(ints = {1, 90, 100})
    void keepThePixelsOfAJpegUpToItsQuality(int quality) throws Exception {
        RgbImage image = edges();

        byte[] file = JpegEncoder.encode(image, quality, TEXTS);

        RgbImage read = PictureDecoder.decode(PictureFile.open(file));
        assertThat(difference(image, read)).isLessThan(quality == 1 ? 90 : quality == 90 ? 3.5 : 0.7);
        assertThat(ImageIO.read(new java.io.ByteArrayInputStream(file)).getWidth())
                .isEqualTo(image.width());
    }

    /** Colours have half the resolution in any lossy WebP. */
    @ParameterizedTest
    @ValueSource(ints = {1, 90, 100})
    void keepThePixelsOfAWebpUpToItsQuality(int quality) throws Exception {
        RgbImage image = gradients();

        byte[] file = WebpEncoder.encode(image, quality, TEXTS);

        RgbImage read = PictureDecoder.decode(PictureFile.open(file));
        assertThat(difference(image, read)).isLessThan(quality == 1 ? 20 : quality == 90 ? 2 : 1.5);
    }

    @Test
    void areSmallerWithLessQuality() {
        RgbImage image = edges();

        assertThat(JpegEncoder.encode(image, 10, TEXTS)).hasSizeLessThan(JpegEncoder.encode(image, 95, TEXTS).length);
        assertThat(WebpEncoder.encode(image, 10, TEXTS)).hasSizeLessThan(WebpEncoder.encode(image, 95, TEXTS).length);
    }

    @Test
    void containTheRecipeInAJpeg() throws Exception {
        byte[] file = JpegEncoder.encode(edges(), 90, TEXTS);

        assertThat(comment(segment(file, "Exif", 1))).isEqualTo(TEXTS.parameters());
        assertThat(recipe(segment(file, "http://ns.adobe.com/xap/1.0/", 0))).isEqualTo(TEXTS.recipe());
    }

    @Test
    void containTheRecipeInAWebp() throws Exception {
        byte[] file = WebpEncoder.encode(edges(), 90, TEXTS);

        Map<String, byte[]> chunks = chunks(file);
        assertThat(chunks.keySet()).containsExactly("VP8X", "VP8 ", "EXIF", "XMP ");
        assertThat(Objects.requireNonNull(chunks.get("VP8X"))).startsWith(0x0c, 0, 0, 0, 62, 0, 0, 38, 0, 0);
        assertThat(comment(Objects.requireNonNull(chunks.get("EXIF")))).isEqualTo(TEXTS.parameters());
        assertThat(recipe(Objects.requireNonNull(chunks.get("XMP ")))).isEqualTo(TEXTS.recipe());
    }

    /** U+FFFE passes the check of prompts, but XML has no such character. */
    @Test
    void escapeWhatXmlCannotContain() throws Exception {
        byte[] file = JpegEncoder.encode(edges(), 90, new ImageTexts("{\"prompt\":\"a\ufffeb\"}", "a"));

        assertThat(recipe(segment(file, "http://ns.adobe.com/xap/1.0/", 0))).isEqualTo("{\"prompt\":\"a\\ufffeb\"}");
    }

    /** Two prompts of the greatest length fit the comment. Expanded class words can make them longer. */
    @Test
    void leaveOutOfAJpegWhatIsTooLongForASegment() throws Exception {
        ImageTexts fits = new ImageTexts("{}", "x".repeat(20_200));
        ImageTexts tooLong = new ImageTexts("y".repeat(66_000), "x".repeat(33_000));

        assertThat(comment(segment(JpegEncoder.encode(edges(), 90, fits), "Exif", 1)))
                .isEqualTo(fits.parameters());
        byte[] file = JpegEncoder.encode(edges(), 90, tooLong);
        assertThat(new String(file, StandardCharsets.ISO_8859_1)).doesNotContain("Exif", "ns.adobe.com");
        assertThat(PictureFile.open(file).width()).isEqualTo(63);
        assertThat(comment(Objects.requireNonNull(
                        chunks(WebpEncoder.encode(edges(), 90, tooLong)).get("EXIF"))))
                .isEqualTo(tooLong.parameters());
    }

    private static String comment(byte[] exif) throws IOException {
        Directory all = new TIFFReader().read(new ByteArrayImageInputStream(exif));
        Directory first = all instanceof CompoundDirectory some ? some.getDirectory(0) : all;
        Directory inner = (Directory)
                Objects.requireNonNull(first.getEntryById(EXIF_DIRECTORY).getValue());
        byte[] value = (byte[]) inner.getEntryById(USER_COMMENT).getValue();
        assertThat(new String(value, 0, UTF_16.length(), StandardCharsets.US_ASCII))
                .isEqualTo(UTF_16);
        return new String(value, UTF_16.length(), value.length - UTF_16.length(), StandardCharsets.UTF_16BE);
    }

    private static String recipe(byte[] xmp) throws IOException {
        Directory all = new XMPReader().read(new ByteArrayImageInputStream(xmp));
        return all.getEntryById("urn:likeness:imagerecipe").getValueAsString();
    }

    private static byte[] segment(byte[] file, String identifier, int padding) throws IOException {
        List<JPEGSegment> found = JPEGSegmentUtil.readSegments(
                new MemoryCacheImageInputStream(new java.io.ByteArrayInputStream(file)), JPEG.APP1, identifier);
        assertThat(found).hasSize(1);
        byte[] content = found.get(0).data().readAllBytes();
        return Arrays.copyOfRange(content, padding, content.length);
    }

    private static Map<String, byte[]> chunks(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.getInt(4)).isEqualTo(file.length - 8);
        Map<String, byte[]> chunks = new LinkedHashMap<>();
        for (int at = 12; at < file.length; ) {
            int length = bytes.getInt(at + 4);
            chunks.put(
                    new String(file, at, 4, StandardCharsets.US_ASCII),
                    Arrays.copyOfRange(file, at + 8, at + 8 + length));
            at += 8 + length + length % 2;
        }
        return chunks;
    }

    /** Red and blue in blocks of odd size, on a gradient. */
    private static RgbImage edges() {
        int width = 63;
        int height = 39;
        byte[] rgb = new byte[width * height * 3];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = (y * width + x) * 3;
                boolean block = x / 7 % 2 == 0;
                rgb[at] = (byte) (block ? 230 : 20);
                rgb[at + 1] = (byte) (y * 6);
                rgb[at + 2] = (byte) (block ? 30 : 220);
            }
        }
        return new RgbImage(width, height, rgb);
    }

    private static RgbImage gradients() {
        byte[] rgb = new byte[63 * 39 * 3];
        for (int i = 0; i < rgb.length; i += 3) {
            rgb[i] = (byte) (20 + i / 3 % 63 * 3);
            rgb[i + 1] = (byte) (200 - i / 3 / 63 * 4);
            rgb[i + 2] = 30;
        }
        return new RgbImage(63, 39, rgb);
    }

    private static double difference(RgbImage one, RgbImage other) {
        assertThat(other.width()).isEqualTo(one.width());
        assertThat(other.height()).isEqualTo(one.height());
        long sum = 0;
        for (int i = 0; i < one.rgb().length; i++) {
            sum += Math.abs((one.rgb()[i] & 0xff) - (other.rgb()[i] & 0xff));
        }
        return (double) sum / one.rgb().length;
    }
}
