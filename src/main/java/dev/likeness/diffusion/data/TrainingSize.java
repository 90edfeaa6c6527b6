package dev.likeness.diffusion.data;

/**
 * The size that a picture is resized to for training, and the size that is then cut out of it.
 *
 * @param resizedWidth pixels
 * @param resizedHeight pixels
 * @param width of the training picture, at most the resized width
 * @param height of the training picture, at most the resized height
 */
public record TrainingSize(int resizedWidth, int resizedHeight, int width, int height) {

    public TrainingSize {
        if (width < 1 || height < 1 || width > resizedWidth || height > resizedHeight) {
            throw new IllegalArgumentException(
                    "%dx%d pixels are no part of %dx%d".formatted(width, height, resizedWidth, resizedHeight));
        }
    }

    /** A square. The short side becomes {@code side}, and the long one keeps the proportion, rounded down as torchvision does. */
    public static TrainingSize square(int width, int height, int side) {
        return new TrainingSize(resized(width, height, side), resized(height, width, side), side, side);
    }

    private static int resized(int length, int other, int side) {
        return length <= other ? side : (int) ((long) side * length / other);
    }

    /**
     * The aspect-ratio bucket of a picture, by the rules of kohya's sd-scripts with {@code bucket_no_upscale}
     * ({@code BucketManager.select_bucket}): a picture of more than {@code resolution} squared pixels is reduced so that one side
     * becomes a multiple of the stride, whichever side changes the aspect ratio less. Then each side is cut to a multiple of the
     * stride. A smaller picture is only cut.
     *
     * <p>Two cases differ. Where rounding makes the area larger than that, the longer side is cut to fit. And where a side would be shorter than the stride, it becomes the stride, the
     * picture is resized to cover it, and the other side is cut to the longest one that fits into the area.
     *
     * @param width of the picture
     * @param height of the picture
     * @param resolution a multiple of the stride; the area is at most its square
     * @param stride both sides of the training picture are multiples of it
     */
    public static TrainingSize bucket(int width, int height, int resolution, int stride) {
        long area = (long) resolution * resolution;
        int toWidth = width;
        int toHeight = height;
        if ((long) width * height > area) {
            double aspect = (double) width / height;
            double fullWidth = Math.sqrt(area * aspect);
            double fullHeight = area / fullWidth;
            int wide = steps(fullWidth, stride);
            int heightOfWide = wide == 0 ? 0 : steps(wide / aspect, stride);
            int high = steps(fullHeight, stride);
            int widthOfHigh = steps(high * aspect, stride);
            if (heightOfWide == 0 || high == 0 || widthOfHigh == 0) {
                return narrow(width, height, resolution, stride);
            }
            double errorOfWide = Math.abs((double) wide / heightOfWide - aspect);
            double errorOfHigh = Math.abs((double) widthOfHigh / high - aspect);
            toWidth = errorOfWide < errorOfHigh ? wide : (int) (high * aspect + 0.5);
            toHeight = errorOfWide < errorOfHigh ? (int) (wide / aspect + 0.5) : high;
        }
        if (toWidth < stride || toHeight < stride) {
            return narrow(width, height, resolution, stride);
        }
        int bucketWidth = toWidth - toWidth % stride;
        int bucketHeight = toHeight - toHeight % stride;
        // One side was rounded upwards.
        if (bucketWidth >= bucketHeight) {
            bucketWidth = longest(bucketWidth, (int) (area / bucketHeight), stride);
        } else {
            bucketHeight = longest(bucketHeight, (int) (area / bucketWidth), stride);
        }
        return new TrainingSize(toWidth, toHeight, bucketWidth, bucketHeight);
    }

    /** Rounds to the nearest whole number, then down to a multiple of the stride. */
    private static int steps(double length, int stride) {
        int whole = (int) (length + 0.5);
        return whole - whole % stride;
    }

    /** The short side is the stride. */
    private static TrainingSize narrow(int width, int height, int resolution, int stride) {
        int toWidth = resized(width, height, stride);
        int toHeight = resized(height, width, stride);
        int most = (int) ((long) resolution * resolution / stride);
        return new TrainingSize(toWidth, toHeight, longest(toWidth, most, stride), longest(toHeight, most, stride));
    }

    private static int longest(int length, int most, int stride) {
        int kept = Math.min(length, most);
        return kept - kept % stride;
    }
}
