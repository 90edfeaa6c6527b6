package dev.likeness.diffusion.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PngTests {

    @Test
    void keepsEveryPixel() throws IOException {
        byte[] rgb = new byte[37 * 23 * 3];
        new Random(1).nextBytes(rgb);

        RgbImage read = Png.read(new ByteArrayInputStream(written(new RgbImage(37, 23, rgb), Map.of())));

        assertThat(read.width()).isEqualTo(37);
        assertThat(read.height()).isEqualTo(23);
        assertThat(read.rgb()).isEqualTo(rgb);
    }

    @Test
    void keepsTextsInAnyScript() throws IOException {
        Map<String, String> texts = Map.of("prompt", "l'été à 東京 <&>", "recipe", "{\"seed\": 7}");

        byte[] png = written(new RgbImage(1, 1, new byte[3]), texts);

        assertThat(PngTexts.read(new ByteArrayInputStream(png))).isEqualTo(texts);
    }

    /** Readers of stable-diffusion-webui's files look for it there, unless a text needs Unicode. */
    @Test
    void keepsLatinTextsInThePlainChunk() throws IOException {
        RgbImage image = new RgbImage(1, 1, new byte[3]);

        String latin = new String(written(image, Map.of("parameters", "l'été\nSteps: 1")), StandardCharsets.ISO_8859_1);
        String other = new String(written(image, Map.of("parameters", "東京")), StandardCharsets.ISO_8859_1);

        assertThat(latin).contains("tEXtparameters\0l'été\nSteps: 1").doesNotContain("iTXt");
        assertThat(other).contains("iTXtparameters\0").doesNotContain("tEXt");
    }

    @Test
    void writesRedWhereRedIs() throws IOException {
        byte[] png = written(new RgbImage(1, 1, new byte[] {-1, 16, 0}), Map.of());

        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));

        assertThat(image.getRGB(0, 0)).isEqualTo(0xffff1000);
    }

    @Test
    void refusesOtherKindsOfPixels() throws IOException {
        ByteArrayOutputStream gray = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY), "png", gray);

        assertThatThrownBy(() -> Png.read(new ByteArrayInputStream(gray.toByteArray())))
                .isInstanceOf(IOException.class);
    }

    private static byte[] written(RgbImage image, Map<String, String> texts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Png.write(image, texts, out);
        return out.toByteArray();
    }
}
