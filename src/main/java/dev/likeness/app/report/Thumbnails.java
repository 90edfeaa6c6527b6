package dev.likeness.app.report;

import dev.likeness.app.picture.StoredPictures;
import dev.likeness.diffusion.data.PillowResize;
import dev.likeness.diffusion.data.Png;
import dev.likeness.diffusion.data.RgbImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;

/** Stored pictures as {@code data:} URLs, with a bounded total size. */
public final class Thumbnails {

    private static final String PREFIX = "data:image/png;base64,";

    private final StoredPictures pictures;
    private final int side;

    private Thumbnails(StoredPictures pictures, int side) {
        this.pictures = pictures;
        this.side = side;
    }

    /**
     * Pictures that share some pixels.
     *
     * @param count of pictures
     * @param pixels for all of them; a photograph needs about 3 bytes per pixel in the page
     * @param least side of each, even if the total is exceeded
     * @param most side of each, even if the total permits more
     */
    static Thumbnails sharing(StoredPictures pictures, int count, int pixels, int least, int most) {
        int side = (int) Math.sqrt(pixels / (double) Math.max(1, count));
        return new Thumbnails(pictures, Math.max(least, Math.min(most, side)));
    }

    /**
     * A picture, downscaled if it is larger.
     *
     * @param sha256 of a PNG in the artifact store
     */
    public String url(String sha256) {
        return url(pictures.read(sha256));
    }

    String url(RgbImage image) {
        try {
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            Png.write(small(image), Map.of(), png);
            return PREFIX + Base64.getEncoder().encodeToString(png.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RgbImage small(RgbImage image) {
        double scale = side / (double) Math.max(image.width(), image.height());
        return scale >= 1
                ? image
                : PillowResize.bicubic(image, scaled(image.width(), scale), scaled(image.height(), scale));
    }

    private static int scaled(int length, double scale) {
        return Math.max(1, (int) Math.round(length * scale));
    }
}
