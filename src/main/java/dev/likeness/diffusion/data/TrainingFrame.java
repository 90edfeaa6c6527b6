package dev.likeness.diffusion.data;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How a picture becomes a training picture: its short side is resized to {@code side}, then a square of that side is
 * cropped.
 *
 * @param width of the picture
 * @param height of the picture
 * @param side pixels of the training picture
 * @param left where the square begins in the resized picture
 * @param top where the square begins in the resized picture
 */
public record TrainingFrame(int width, int height, int side, int left, int top) {

    public TrainingFrame {
        if (left < 0
                || top < 0
                || left + side > resized(width, height, side)
                || top + side > resized(height, width, side)) {
            throw new IllegalArgumentException(
                    "%d, %d is no place for %d pixels of a picture of %dx%d".formatted(left, top, side, width, height));
        }
    }

    /** The frame of the middle of a picture. */
    public static TrainingFrame middle(int width, int height, int side) {
        return new TrainingFrame(
                width,
                height,
                side,
                middle(resized(width, height, side), side),
                middle(resized(height, width, side), side));
    }

    /** Every square of the resized picture, from the left or the top. */
    static List<TrainingFrame> all(int width, int height, int side) {
        int across = resized(width, height, side) - side;
        int down = resized(height, width, side) - side;
        // One of the two is 0.
        return IntStream.rangeClosed(0, across + down)
                .mapToObj(i -> new TrainingFrame(width, height, side, Math.min(i, across), Math.min(i, down)))
                .toList();
    }

    /** Converts a coordinate of the picture to the training picture. The result may be outside of it. */
    public double toX(double x) {
        return x * resizedWidth() / width - left;
    }

    /** Converts a coordinate of the picture to the training picture. The result may be outside of it. */
    public double toY(double y) {
        return y * resizedHeight() / height - top;
    }

    /** @param image of this frame's width and height */
    RgbImage resized(RgbImage image) {
        return PillowResize.bicubic(image, resizedWidth(), resizedHeight());
    }

    /** @param resized the result of {@link #resized} */
    RgbImage cut(RgbImage resized) {
        return Crop.of(resized, left, top, side, side);
    }

    private int resizedWidth() {
        return resized(width, height, side);
    }

    private int resizedHeight() {
        return resized(height, width, side);
    }

    /** The short side becomes {@code side}. The long one keeps the proportion, rounded down as torchvision does. */
    private static int resized(int length, int other, int side) {
        return length <= other ? side : (int) ((long) side * length / other);
    }

    /** As torchvision's CenterCrop: half a pixel goes to the even side. */
    private static int middle(int length, int part) {
        return (int) Math.rint((length - part) / 2.0);
    }
}
