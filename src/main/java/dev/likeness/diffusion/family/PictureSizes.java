package dev.likeness.diffusion.family;

/**
 * The sizes that SDXL's UNet is told of a picture, in pixels (Podell et al. 2023, arXiv:2307.01952, section 2.2).
 *
 * @param originalHeight before any resizing
 * @param originalWidth likewise
 * @param cropTop upper edge of the crop in the resized picture
 * @param cropLeft left edge likewise
 * @param targetHeight of the crop, or of the image to draw
 * @param targetWidth likewise
 */
public record PictureSizes(
        int originalHeight, int originalWidth, int cropTop, int cropLeft, int targetHeight, int targetWidth) {

    /** How many there are. */
    public static final int COUNT = 6;

    /** A picture neither resized nor cropped: what sampling asks for. */
    public static PictureSizes whole(int height, int width) {
        return new PictureSizes(height, width, 0, 0, height, width);
    }

    /** The six in the network's order. */
    public float[] values() {
        return new float[] {originalHeight, originalWidth, cropTop, cropLeft, targetHeight, targetWidth};
    }
}
