package dev.likeness.app.picture;

import dev.likeness.diffusion.data.RgbImage;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Decoded pixels of any kind as 8-bit sRGB on white. */
final class Srgb {

    private static final int CHANNELS = Samples.CHANNELS;
    private static final int STRIP = 64;

    private final int width;
    private final int height;
    private final boolean gray;
    private final byte[] rgb;
    private final byte @Nullable [] alpha;

    private Srgb(Samples samples) {
        this.width = samples.width();
        this.height = samples.height();
        this.gray = samples.gray();
        this.rgb = samples.rgb();
        this.alpha = samples.alpha();
    }

    /**
     * Changes the samples in place.
     *
     * @param profile the picture's ICC profile; a broken or unsuitable one is ignored, as browsers do
     */
    static RgbImage of(Samples samples, byte @Nullable [] profile) {
        Srgb pixels = new Srgb(samples);
        if (profile != null) {
            pixels.convertInPlace(profile);
        }
        pixels.flattenInPlace();
        return new RgbImage(pixels.width, pixels.height, pixels.rgb);
    }

    private void convertInPlace(byte[] profileBytes) {
        try {
            ICC_Profile profile = ICC_Profile.getInstance(profileBytes);
            int components = gray ? 1 : CHANNELS;
            int type = gray ? ColorSpace.TYPE_GRAY : ColorSpace.TYPE_RGB;
            if (profile.getColorSpaceType() != type || profile.getNumComponents() != components) {
                return;
            }
            ColorConvertOp toSrgb =
                    new ColorConvertOp(new ICC_Profile[] {profile, ICC_Profile.getInstance(ColorSpace.CS_sRGB)}, null);
            for (int top = 0; top < height; top += STRIP) {
                convertInPlace(toSrgb, components, top, Math.min(STRIP, height - top));
            }
        } catch (RuntimeException e) {
            // A faulty profile is ignored. It fails at the first strip or not at all.
        }
    }

    private void convertInPlace(ColorConvertOp toSrgb, int components, int top, int rows) {
        int from = top * width * CHANNELS;
        byte[] source = new byte[width * rows * components];
        for (int i = 0; i < source.length; i++) {
            source[i] = rgb[from + i * (CHANNELS / components)];
        }
        byte[] converted = new byte[width * rows * CHANNELS];
        toSrgb.filter(interleaved(source, rows, components), interleaved(converted, rows, CHANNELS));
        System.arraycopy(converted, 0, rgb, from, converted.length);
    }

    private WritableRaster interleaved(byte[] samples, int rows, int components) {
        int[] offsets = components == 1 ? new int[] {0} : new int[] {0, 1, 2};
        return Raster.createInterleavedRaster(
                new DataBufferByte(samples, samples.length),
                width,
                rows,
                width * components,
                components,
                offsets,
                null);
    }

    private void flattenInPlace() {
        if (alpha == null) {
            return;
        }
        for (int i = 0; i < alpha.length; i++) {
            int opacity = alpha[i] & 0xff;
            if (opacity == 0) {
                Arrays.fill(rgb, i * CHANNELS, (i + 1) * CHANNELS, (byte) 255);
            } else if (opacity < 255) {
                for (int c = i * CHANNELS; c < (i + 1) * CHANNELS; c++) {
                    rgb[c] = (byte) (((rgb[c] & 0xff) * opacity + 255 * (255 - opacity) + 127) / 255);
                }
            }
        }
    }
}
