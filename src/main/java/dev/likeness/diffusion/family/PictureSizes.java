package dev.likeness.diffusion.family;

/**
 * The picture sizes in the input of SDXL's UNet, in pixels (Podell et al. 2023, arXiv:2307.01952, section 2.2).
 *
 * @param originalHeight before any resizing
 * @param originalWidth before any resizing
 * @param cropTop upper edge of the crop in the resized picture
 * @param cropLeft left edge of the crop in the resized picture
 * @param targetHeight of the crop, or of the image to generate
 * @param targetWidth of the crop, or of the image to generate
 */
public record PictureSizes(
        int originalHeight, int originalWidth, int cropTop, int cropLeft, int targetHeight, int targetWidth) {

    /** Number of sizes. */
    public static final int COUNT = 6;

    /** A picture that is neither resized nor cropped, as in sampling. */
    public static PictureSizes whole(int height, int width) {
        return new PictureSizes(height, width, 0, 0, height, width);
    }

    /** The six sizes in the order of the network's input. */
    public float[] values() {
        return new float[] {originalHeight, originalWidth, cropTop, cropLeft, targetHeight, targetWidth};
    }
}
