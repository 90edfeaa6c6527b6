package dev.likeness.app.picture;

import dev.likeness.diffusion.data.RgbImage;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decoded pixels as stored, with 8 bits, before colour conversion.
 *
 * @param gray whether red, green and blue are the same
 * @param rgb height x width x 3 samples, row after row, 0 to 255
 * @param alpha height x width opacities, 0 to 255, unless all are opaque
 */
@SuppressWarnings("ArrayRecordComponent")
record Samples(int width, int height, boolean gray, byte[] rgb, byte @Nullable [] alpha) {

    static final int CHANNELS = 3;

    /** Java's own conversion would treat gray as linear light, so the samples are copied directly. */
    static Samples of(BufferedImage image) {
        boolean indexed = image.getColorModel() instanceof IndexColorModel;
        boolean gray = !indexed && image.getRaster().getNumBands() < CHANNELS;
        Samples samples = empty(
                image.getWidth(), image.getHeight(), gray, image.getColorModel().hasAlpha());
        if (indexed) {
            samples.readIndexed(image);
        } else {
            samples.read(image.getRaster());
        }
        return samples;
    }

    /** All zero, to be filled in. */
    static Samples empty(int width, int height, boolean gray, boolean transparent) {
        int pixels = Math.multiplyExact(width, height);
        return new Samples(
                width,
                height,
                gray,
                new byte[Math.multiplyExact(pixels, CHANNELS)],
                transparent ? new byte[pixels] : null);
    }

    private void readIndexed(BufferedImage image) {
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0; x < width; x++) {
                put(y * width + x, row[x] >> 16, row[x] >> 8, row[x], row[x] >> 24);
            }
        }
    }

    private void read(Raster raster) {
        int bands = raster.getNumBands();
        boolean wide = raster.getTransferType() == DataBuffer.TYPE_USHORT;
        int[] row = new int[width * bands];
        for (int y = 0; y < height; y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int i = 0; wide && i < row.length; i++) {
                row[i] = (row[i] + 128) / 257;
            }
            for (int x = 0; x < width; x++) {
                int at = x * bands;
                put(y * width + x, row[at], row[at + (gray ? 0 : 1)], row[at + (gray ? 0 : 2)], row[at + bands - 1]);
            }
        }
    }

    /** The opacities as a gray picture; null if all pixels are opaque, or all are transparent. */
    @Nullable
    RgbImage opacity() {
        if (alpha == null) {
            return null;
        }
        boolean opaque = true;
        boolean transparent = true;
        byte[] gray = new byte[Math.multiplyExact(alpha.length, CHANNELS)];
        for (int i = 0; i < alpha.length; i++) {
            opaque &= alpha[i] == (byte) 255;
            transparent &= alpha[i] == 0;
            Arrays.fill(gray, i * CHANNELS, (i + 1) * CHANNELS, alpha[i]);
        }
        return opaque || transparent ? null : new RgbImage(width, height, gray);
    }

    /** Uses the lowest eight bits of each. */
    void put(int pixel, int red, int green, int blue, int opacity) {
        rgb[pixel * CHANNELS] = (byte) red;
        rgb[pixel * CHANNELS + 1] = (byte) green;
        rgb[pixel * CHANNELS + 2] = (byte) blue;
        if (alpha != null) {
            alpha[pixel] = (byte) opacity;
        }
    }
}
