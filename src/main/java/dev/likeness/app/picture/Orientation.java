package dev.likeness.app.picture;

import dev.likeness.diffusion.data.RgbImage;
import org.jspecify.annotations.Nullable;

/**
 * The rotation that makes a picture upright: EXIF's tag 0x0112.
 *
 * @param value 1 to 8, 1 is upright
 */
public record Orientation(int value) {

    private static final int CHANNELS = 3;
    private static final Orientation UPRIGHT = new Orientation(1);

    /**
     * Reads the orientation from EXIF data; unreadable data mean upright. Other tags are not read, because the data may
     * contain any number of tags of any size, in directories that form cycles.
     */
    public static Orientation of(byte @Nullable [] exif) {
        if (exif == null) {
            return UPRIGHT;
        }
        try {
            int value = new Tiff(exif).orientation();
            return value < 1 || value > 8 ? UPRIGHT : new Orientation(value);
        } catch (RefusedPictureException e) {
            // The data end too early. The picture can be shown without them.
            return UPRIGHT;
        }
    }

    /** The header and the first directory of TIFF 6.0. */
    private record Tiff(Bytes bytes, boolean littleEndian) {

        private static final int ENTRY = 12;
        private static final int TAG = 0x0112;
        private static final int SHORT = 3;

        Tiff(byte[] exif) throws RefusedPictureException {
            this(new Bytes(exif), new Bytes(exif).latin1(0, 2).equals("II"));
        }

        /** 0 without an orientation. */
        int orientation() throws RefusedPictureException {
            if (at16(2) != 42) {
                return 0;
            }
            long directory = littleEndian ? bytes.littleEndian32(4) : bytes.bigEndian32(4);
            bytes.need(0, directory + 2);
            int first = (int) directory + 2;
            int entries = at16((int) directory);
            for (int at = first; at < first + entries * ENTRY; at += ENTRY) {
                if (at16(at) == TAG) {
                    return at16(at + 2) == SHORT ? at16(at + 8) : 0;
                }
            }
            return 0;
        }

        private int at16(int offset) throws RefusedPictureException {
            return littleEndian ? bytes.littleEndian16(offset) : bytes.bigEndian16(offset);
        }
    }

    /** Whether nothing has to be turned. */
    boolean isUpright() {
        return value == 1;
    }

    /** Whether width and height change places. */
    boolean isSideways() {
        return value >= 5;
    }

    /** The picture upright. */
    RgbImage upright(RgbImage image) {
        if (isUpright()) {
            return image;
        }
        int width = isSideways() ? image.height() : image.width();
        int height = isSideways() ? image.width() : image.height();
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

    /** The stored pixel for (x, y) of the upright picture; {@code w} and {@code h} are the stored size. */
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
