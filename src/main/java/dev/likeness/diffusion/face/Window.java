package dev.likeness.diffusion.face;

import dev.likeness.diffusion.data.Crop;
import dev.likeness.diffusion.data.PillowResize;
import dev.likeness.diffusion.data.RgbImage;
import java.util.Arrays;

/**
 * A square part of a picture, the input of a network. It may reach beyond the picture, where it is black.
 *
 * @param x pixels from the left of the picture
 * @param y pixels from its top
 */
record Window(int x, int y, int side) {

    private static final int CHANNELS = 3;

    /** The smallest window with the whole picture. */
    static Window around(RgbImage image) {
        int side = Math.max(image.width(), image.height());
        return new Window((image.width() - side) / 2, (image.height() - side) / 2, side);
    }

    /** @param margin added on each side, as a share of the longer side of the face */
    static Window around(Detection face, double margin) {
        double side = Math.max(face.width(), face.height()) * (1 + 2 * margin);
        return new Window(
                (int) Math.round((face.left() + face.right() - side) / 2),
                (int) Math.round((face.top() + face.bottom() - side) / 2),
                Math.max(1, (int) Math.round(side)));
    }

    /**
     * The part resized to a square.
     *
     * @param pixels on a side of the result
     * @return [pixels, pixels, 3] in [-1, 1], row-major
     */
    float[] look(RgbImage image, int pixels) {
        float[] values = new float[pixels * pixels * CHANNELS];
        Arrays.fill(values, -1);
        int left = Math.max(0, x);
        int top = Math.max(0, y);
        int width = Math.min(image.width(), x + side) - left;
        int height = Math.min(image.height(), y + side) - top;
        if (width < 1 || height < 1) {
            return values;
        }
        double scale = (double) pixels / side;
        RgbImage part = PillowResize.bicubic(
                Crop.of(image, left, top, width, height), scaled(width, scale), scaled(height, scale));
        int toX = Math.min((int) Math.round((left - x) * scale), pixels - part.width());
        int toY = Math.min((int) Math.round((top - y) * scale), pixels - part.height());
        for (int row = 0; row < part.height(); row++) {
            int from = row * part.width() * CHANNELS;
            int to = ((toY + row) * pixels + toX) * CHANNELS;
            for (int i = 0; i < part.width() * CHANNELS; i++) {
                values[to + i] = (part.rgb()[from + i] & 0xff) / 127.5f - 1;
            }
        }
        return values;
    }

    private static int scaled(int length, double scale) {
        return Math.max(1, (int) Math.round(length * scale));
    }
}
