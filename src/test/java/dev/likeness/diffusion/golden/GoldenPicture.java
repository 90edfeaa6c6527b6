package dev.likeness.diffusion.golden;

import dev.likeness.diffusion.data.RgbImage;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import javax.imageio.ImageIO;

/** Reads a picture like Pillow's {@code convert("RGB")}, which made the reference values: alpha is dropped. */
public final class GoldenPicture {

    private GoldenPicture() {}

    public static RgbImage read(Path file) throws IOException {
        BufferedImage picture = Objects.requireNonNull(ImageIO.read(file.toFile()), file.toString());
        Raster raster = picture.getRaster();
        int width = raster.getWidth();
        byte[] rgb = new byte[width * raster.getHeight() * 3];
        for (int i = 0; i < rgb.length / 3; i++) {
            int x = i % width;
            int y = i / width;
            for (int c = 0; c < 3; c++) {
                rgb[i * 3 + c] = (byte) sample(picture, raster, x, y, c);
            }
        }
        return new RgbImage(width, raster.getHeight(), rgb);
    }

    /** Stored values, because Java would convert gray ones from a linear gray. */
    private static int sample(BufferedImage picture, Raster raster, int x, int y, int c) {
        if (picture.getColorModel() instanceof IndexColorModel) {
            return picture.getRGB(x, y) >> (16 - 8 * c) & 0xff;
        }
        return raster.getSample(x, y, raster.getNumBands() < 3 ? 0 : c);
    }
}
