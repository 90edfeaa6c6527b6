package dev.likeness.app.subject;

import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import dev.likeness.diffusion.data.RgbImage;
import org.jspecify.annotations.Nullable;

/**
 * How a picture has to be turned to stand upright: EXIF's tag 0x0112.
 *
 * @param value 1 to 8, 1 is upright
 */
record Orientation(int value) {

    private static final int CHANNELS = 3;
    private static final Orientation UPRIGHT = new Orientation(1);

    /** What EXIF data says; upright if it says nothing that can be understood. */
    static Orientation of(byte @Nullable [] exif) {
        if (exif == null) {
            return UPRIGHT;
        }
        Integer value = tag(exif);
        return value == null || value < 1 || value > 8 ? UPRIGHT : new Orientation(value);
    }

    private static @Nullable Integer tag(byte[] exif) {
        try {
            Metadata metadata = new Metadata();
            new ExifReader().extract(new ByteArrayReader(exif), metadata);
            ExifIFD0Directory directory = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
            return directory == null ? null : directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
        } catch (RuntimeException e) {
            // Whatever the library makes of damaged data, the picture can be seen without.
            return null;
        }
    }

    /** The picture upright. */
    RgbImage upright(RgbImage image) {
        if (value == 1) {
            return image;
        }
        boolean sideways = value >= 5;
        int width = sideways ? image.height() : image.width();
        int height = sideways ? image.width() : image.height();
        byte[] from = image.rgb();
        byte[] to = new byte[from.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int source = source(x, y, image.width(), image.height()) * CHANNELS;
                System.arraycopy(from, source, to, (y * width + x) * CHANNELS, CHANNELS);
            }
        }
        return new RgbImage(width, height, to);
    }

    /** Which stored pixel is seen at (x, y) of the upright picture; {@code w} and {@code h} are the stored size. */
    private int source(int x, int y, int w, int h) {
        return switch (value) {
            case 2 -> y * w + (w - 1 - x);
            case 3 -> (h - 1 - y) * w + (w - 1 - x);
            case 4 -> (h - 1 - y) * w + x;
            case 5 -> x * w + y;
            case 6 -> (h - 1 - x) * w + y;
            case 7 -> (h - 1 - x) * w + (w - 1 - y);
            case 8 -> x * w + (w - 1 - y);
            default -> y * w + x;
        };
    }
}
