package dev.likeness.diffusion.face;

import dev.likeness.diffusion.data.Crop;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.data.TrainingFrame;
import java.util.List;
import java.util.Optional;

/**
 * The square part of a picture around a face, entirely inside the picture.
 *
 * @param x pixels from the left
 * @param y pixels from the top
 * @param side pixels, at least 1
 */
public record FaceCrop(int x, int y, int side) {

    public FaceCrop {
        if (x < 0 || y < 0 || side < 1) {
            throw new IllegalArgumentException("no crop: %d, %d, %d".formatted(x, y, side));
        }
    }

    /**
     * The part around the largest face.
     *
     * @param faces in a picture, the largest first
     * @param margin see {@link #around}
     * @return empty if there is no face
     */
    public static Optional<FaceCrop> ofLargest(List<FaceBox> faces, double margin, RgbImage image) {
        return faces.stream().findFirst().map(it -> around(it, margin, image.width(), image.height()));
    }

    /**
     * A square with the face in its middle. Near the edge of the picture it is shifted inwards. A square that is larger
     * than the picture's short side shrinks to it.
     *
     * @param margin added on each side, as a share of the face's longer side; at least 0
     * @param width of the picture
     * @param height of the picture
     */
    public static FaceCrop around(FaceBox face, double margin, int width, int height) {
        if (!(margin >= 0)) {
            throw new IllegalArgumentException("margin: %s is negative".formatted(margin));
        }
        double wanted = Math.max(face.width(), face.height()) * (1 + 2 * margin);
        int side = (int) Math.min(Math.round(wanted), Math.min(width, height));
        return new FaceCrop(
                start(face.x() + face.width() / 2.0, side, width),
                start(face.y() + face.height() / 2.0, side, height),
                side);
    }

    private static int start(double middle, int side, int length) {
        return (int) Math.max(0, Math.min(length - side, Math.round(middle - side / 2.0)));
    }

    /** The part itself, not resized. */
    public RgbImage of(RgbImage image) {
        return Crop.of(image, x, y, side, side);
    }

    /**
     * The face's region in the training picture: all pixels that overlap this part.
     *
     * @return empty if the frame does not overlap the part
     */
    public Optional<FaceRegion> in(TrainingFrame frame) {
        return FaceRegion.between(
                frame.toX(x),
                frame.toY(y),
                frame.toX(x + side),
                frame.toY(y + side),
                frame.size().width(),
                frame.size().height());
    }
}
