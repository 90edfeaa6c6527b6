package dev.likeness.diffusion.data;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How a picture becomes a training picture: it is resized, then a part is cropped.
 *
 * @param width of the picture
 * @param height of the picture
 * @param size of the resized picture and of the part
 * @param left where the part begins in the resized picture
 * @param top where the part begins in the resized picture
 */
public record TrainingFrame(int width, int height, TrainingSize size, int left, int top) {

    public TrainingFrame {
        if (left < 0
                || top < 0
                || left + size.width() > size.resizedWidth()
                || top + size.height() > size.resizedHeight()) {
            throw new IllegalArgumentException("%d, %d is no place for %dx%d pixels of a picture of %dx%d"
                    .formatted(left, top, size.width(), size.height(), width, height));
        }
    }

    /** A square of a picture whose short side is resized to {@code side}. */
    public TrainingFrame(int width, int height, int side, int left, int top) {
        this(width, height, TrainingSize.square(width, height, side), left, top);
    }

    /** The square in the middle of a picture. */
    public static TrainingFrame middle(int width, int height, int side) {
        return middle(width, height, TrainingSize.square(width, height, side));
    }

    static TrainingFrame middle(int width, int height, TrainingSize size) {
        return new TrainingFrame(
                width,
                height,
                size,
                middle(size.resizedWidth(), size.width()),
                middle(size.resizedHeight(), size.height()));
    }

    /** The part with a place in its middle, shifted inwards at the edges. */
    static TrainingFrame around(int width, int height, TrainingSize size, Focus focus) {
        return new TrainingFrame(
                width,
                height,
                size,
                start(focus.x() * size.resizedWidth() / width, size.width(), size.resizedWidth()),
                start(focus.y() * size.resizedHeight() / height, size.height(), size.resizedHeight()));
    }

    /** Every part of the resized picture, row by row. */
    static List<TrainingFrame> all(int width, int height, TrainingSize size) {
        int across = size.resizedWidth() - size.width() + 1;
        int down = size.resizedHeight() - size.height() + 1;
        return IntStream.range(0, across * down)
                .mapToObj(i -> new TrainingFrame(width, height, size, i % across, i / across))
                .toList();
    }

    /** Converts a coordinate of the picture to the training picture. The result may be outside of it. */
    public double toX(double x) {
        return x * size.resizedWidth() / width - left;
    }

    /** Converts a coordinate of the picture to the training picture. The result may be outside of it. */
    public double toY(double y) {
        return y * size.resizedHeight() / height - top;
    }

    /** @param image of this frame's width and height */
    public RgbImage resized(RgbImage image) {
        return PillowResize.bicubic(image, size.resizedWidth(), size.resizedHeight());
    }

    /** @param resized the result of {@link #resized} */
    public RgbImage cut(RgbImage resized) {
        return Crop.of(resized, left, top, size.width(), size.height());
    }

    /** As torchvision's CenterCrop: half a pixel goes to the even side. */
    private static int middle(int length, int part) {
        return (int) Math.rint((length - part) / 2.0);
    }

    private static int start(double middle, int part, int length) {
        return (int) Math.max(0, Math.min(length - part, Math.round(middle - part / 2.0)));
    }
}
