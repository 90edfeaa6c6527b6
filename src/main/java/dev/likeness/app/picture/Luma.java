package dev.likeness.app.picture;

import dev.likeness.diffusion.data.RgbImage;

/** Brightness with the weights of ITU-R BT.601. */
final class Luma {

    private Luma() {}

    /** [height, width], row-major, 0 to 255. */
    static float[] of(RgbImage image) {
        byte[] rgb = image.rgb();
        float[] luma = new float[rgb.length / 3];
        for (int i = 0; i < luma.length; i++) {
            luma[i] =
                    0.299f * (rgb[3 * i] & 0xff) + 0.587f * (rgb[3 * i + 1] & 0xff) + 0.114f * (rgb[3 * i + 2] & 0xff);
        }
        return luma;
    }
}
