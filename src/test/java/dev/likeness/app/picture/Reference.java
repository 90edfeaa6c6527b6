package dev.likeness.app.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** A picture of {@code pictures/decoders} with what Pillow decodes of it beside it; reference.py there makes them. */
record Reference(Path file) {

    private static final Path FOLDER = Path.of("src/test/resources/pictures/decoders");
    private static final String EXPECTED = ".expected.png";

    static List<Reference> all() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(it -> Files.exists(it.resolveSibling(it.getFileName() + EXPECTED)))
                    .sorted()
                    .map(Reference::new)
                    .toList();
        }
    }

    String name() {
        return file.getFileName().toString();
    }

    Difference difference() throws IOException, RefusedPictureException {
        Samples actual = PictureDecoder.samples(PictureFile.open(Files.readAllBytes(file)));
        BufferedImage expected =
                ImageIO.read(file.resolveSibling(file.getFileName() + EXPECTED).toFile());
        assertThat(actual.width()).as(name()).isEqualTo(expected.getWidth());
        assertThat(actual.height()).as(name()).isEqualTo(expected.getHeight());
        long sum = 0;
        int largest = 0;
        int opacity = 0;
        int[] pixels = expected.getRGB(0, 0, actual.width(), actual.height(), null, 0, actual.width());
        byte[] alpha = actual.alpha();
        for (int i = 0; i < pixels.length; i++) {
            for (int c = 0; c < Samples.CHANNELS; c++) {
                int of = Math.abs((actual.rgb()[i * Samples.CHANNELS + c] & 0xff) - (pixels[i] >> 16 - 8 * c & 0xff));
                sum += of;
                largest = Math.max(largest, of);
            }
            opacity = Math.max(opacity, Math.abs((alpha == null ? 255 : alpha[i] & 0xff) - (pixels[i] >>> 24)));
        }
        return new Difference(largest, (double) sum / (pixels.length * Samples.CHANNELS), opacity);
    }

    @Override
    public String toString() {
        return name();
    }

    /**
     * Absolute differences, of 255.
     *
     * @param largest of the colours
     * @param mean of the colours
     * @param opacity the largest of the opacities
     */
    record Difference(int largest, double mean, int opacity) {

        static final Difference NONE = new Difference(0, 0, 0);

        Difference or(Difference other) {
            return new Difference(
                    Math.max(largest, other.largest), Math.max(mean, other.mean), Math.max(opacity, other.opacity));
        }
    }
}
