package dev.likeness.diffusion.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.likeness.diffusion.data.RgbImage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Colours, and reference values of scikit-image. */
class ColourTests {

    private static final EncodedPrompts NONE = EncodedPrompts.NONE;

    @Test
    void coloursAreThoseOfCielab() throws IOException {
        for (JsonNode colour : reference().get("colours")) {
            JsonNode rgb = colour.get("rgb");
            double[] lab = ColourEncoder.lab(
                    rgb.get(0).intValue(), rgb.get(1).intValue(), rgb.get(2).intValue());
            for (int i = 0; i < 3; i++) {
                assertThat(lab[i])
                        .as("%d of %s", i, rgb)
                        .isCloseTo(colour.get("lab").get(i).doubleValue(), offset(1e-3));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"owl", "teddy-bear"})
    void picturesHaveTheReferencesChromaAndHue(String subject) throws IOException {
        JsonNode wanted = reference().get("subjects").get(subject);

        Colours colours = Colours.of(ColourEncoder.summarise(pictures(subject)));

        Map.of(
                        "chroma", colours.chroma(),
                        "chroma_spread", colours.chromaSpread(),
                        "hue", Objects.requireNonNull(colours.hue()),
                        "hue_spread", Objects.requireNonNull(colours.hueSpread()))
                .forEach((name, value) ->
                        assertThat(value).as(name).isCloseTo(wanted.get(name).doubleValue(), offset(2e-3)));
    }

    @Test
    void greyHasNoHue() {
        Colours grey = Colours.of(ColourEncoder.summarise(List.of(plain(90, 90, 90, 4), plain(200, 200, 200, 4))));

        assertThat(grey.chroma()).isCloseTo(0, offset(0.01));
        assertThat(grey.hue()).isNull();
        assertThat(grey.hueSpread()).isNull();
    }

    @Test
    void hueGoesRoundTheCircle() {
        // Hues of about 10 and 350 degrees have a mean of about 0, and not of 180.
        Colours reds = Colours.of(ColourEncoder.summarise(List.of(plain(200, 90, 105, 4), plain(200, 90, 145, 4))));

        double hue = Objects.requireNonNull(reds.hue());
        assertThat(Math.min(hue, 360 - hue)).isLessThan(15);
        assertThat(Objects.requireNonNull(reds.hueSpread())).isBetween(5.0, 30.0);
    }

    @Test
    void eachPictureHasTheSameWeight() {
        float[][] both = ColourEncoder.summarise(List.of(plain(255, 0, 0, 2), plain(128, 128, 128, 700)));

        assertThat(Colours.of(both).chroma())
                .isCloseTo(Colours.of(new float[][] {both[0]}).chroma() / 2, offset(0.01));
    }

    @Test
    void aLargePictureIsSampledOverAllOfIt() {
        byte[] rgb = new byte[3 * 1200 * 1200];
        for (int i = 0; i < rgb.length / 2; i += 3) {
            rgb[i] = (byte) 255;
        }

        Colours half = Colours.of(ColourEncoder.summarise(List.of(new RgbImage(1200, 1200, rgb))));

        assertThat(half.chroma())
                .isCloseTo(
                        Colours.of(ColourEncoder.summarise(List.of(plain(255, 0, 0, 2))))
                                        .chroma()
                                / 2,
                        offset(0.2));
    }

    @Test
    void theShiftIsPositiveForStrongerColours() {
        EncodedSubject subject = new EncodedSubject(
                ColourEncoder.ID, ColourEncoder.summarise(List.of(plain(128, 100, 100, 4), plain(128, 90, 90, 4))));
        float[][] images = ColourEncoder.summarise(List.of(plain(200, 40, 40, 4), plain(210, 30, 30, 4)));

        Measurement measured = Metric.COLOUR_SHIFT
                .measure(new EncodedImages(subject, images, NONE))
                .orElseThrow();

        ColourShift colours = Objects.requireNonNull(measured.colours());
        assertThat(measured.similarity().value())
                .isPositive()
                .isCloseTo(colours.generated().chroma() - colours.real().chroma(), offset(1e-6));
        assertThat(measured.similarity().low())
                .isPositive()
                .isLessThan(measured.similarity().value());
        assertThat(measured.similarity().n()).isEqualTo(2);
        assertThat(measured.encoder()).isEqualTo("CIELAB");
        assertThat(Metric.CLIP_I
                        .measure(new EncodedImages(subject, images, NONE))
                        .orElseThrow()
                        .colours())
                .isNull();
    }

    private static RgbImage plain(int red, int green, int blue, int side) {
        byte[] rgb = new byte[3 * side * side];
        for (int i = 0; i < rgb.length; i += 3) {
            rgb[i] = (byte) red;
            rgb[i + 1] = (byte) green;
            rgb[i + 2] = (byte) blue;
        }
        return new RgbImage(side, side, rgb);
    }

    private static JsonNode reference() throws IOException {
        try (InputStream in = resource("/colours/reference.json")) {
            return JsonMapper.shared().readTree(in);
        }
    }

    /** The six pictures of a bundled subject. */
    static List<RgbImage> pictures(String subject) throws IOException {
        List<RgbImage> pictures = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            try (InputStream in = resource("/subjects/%s/%d.png".formatted(subject, i))) {
                BufferedImage picture = ImageIO.read(in);
                int[] pixels =
                        picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
                byte[] rgb = new byte[3 * pixels.length];
                Arrays.setAll(pixels, k -> {
                    rgb[3 * k] = (byte) (pixels[k] >> 16);
                    rgb[3 * k + 1] = (byte) (pixels[k] >> 8);
                    rgb[3 * k + 2] = (byte) pixels[k];
                    return pixels[k];
                });
                pictures.add(new RgbImage(picture.getWidth(), picture.getHeight(), rgb));
            }
        }
        return pictures;
    }

    static InputStream resource(String path) {
        return Objects.requireNonNull(ColourTests.class.getResourceAsStream(path));
    }
}
