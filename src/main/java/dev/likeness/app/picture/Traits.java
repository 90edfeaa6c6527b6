package dev.likeness.app.picture;

import dev.likeness.diffusion.data.PillowResize;
import dev.likeness.diffusion.data.PillowResize.Filter;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.face.FaceBox;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Measurements of a picture, for comparison with limits and with other pictures.
 *
 * @param orientation EXIF's; 1 for an upright picture
 * @param hash see {@link PerceptualHash}
 * @param tiny the picture at 16x16 pixels
 * @param blur see {@link BlurEffect}, of the picture with a short side of at most 512 pixels
 * @param edges the colours along its edges
 * @param middle the colours of its middle
 * @param faces how many were found; null if the detector did not run
 * @param largestFace the longer side of the largest as a share of the picture's short side; 0 without faces
 */
public record Traits(
        int orientation,
        long hash,
        RgbImage tiny,
        double blur,
        Colours edges,
        Colours middle,
        @Nullable Integer faces,
        double largestFace) {

    /** The usual training resolution: a blur that is invisible there is harmless. */
    private static final int SHORT_SIDE = 512;

    private static final int TINY = 16;

    /**
     * Measures a picture.
     *
     * @param image upright
     * @param search returns its faces, the largest first; null without a detector
     */
    public static Traits of(
            RgbImage image, Orientation orientation, Function<RgbImage, @Nullable List<FaceBox>> search) {
        RgbImage look = Math.min(image.width(), image.height()) <= SHORT_SIDE
                ? image
                : PillowResize.shortSide(image, SHORT_SIDE, Filter.BICUBIC);
        List<FaceBox> faces = search.apply(look);
        double side = Math.min(look.width(), look.height());
        return new Traits(
                orientation.value(),
                PerceptualHash.of(look),
                PillowResize.bicubic(look, TINY, TINY),
                BlurEffect.of(look),
                Colours.ofEdges(look),
                Colours.ofMiddle(look),
                faces == null ? null : faces.size(),
                faces == null || faces.isEmpty()
                        ? 0
                        : Math.max(faces.get(0).width(), faces.get(0).height()) / side);
    }

    /** Mean absolute difference of the samples of the tiny pictures, 0 to 255. */
    public double difference(Traits other) {
        long sum = 0;
        byte[] one = tiny.rgb();
        byte[] two = other.tiny.rgb();
        for (int i = 0; i < one.length; i++) {
            sum += Math.abs((one[i] & 0xff) - (two[i] & 0xff));
        }
        return (double) sum / one.length;
    }
}
