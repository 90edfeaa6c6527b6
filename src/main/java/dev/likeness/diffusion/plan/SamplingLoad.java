package dev.likeness.diffusion.plan;

/**
 * Images that are generated in batches.
 *
 * @param width in pixels
 * @param height in pixels
 * @param images total number
 */
public record SamplingLoad(int width, int height, int images) {

    /** Most images of a batch, without other limits. */
    public static final int LARGEST_BATCH = 16;

    /** Pixels that the network processes at once: four pictures of Stable Diffusion 1's native size. */
    private static final int PIXELS = 4 * 512 * 512;

    /**
     * Number of images in a batch: as many as the pixels allow, but at least one.
     *
     * @param limit most images of a batch
     */
    public int atOnce(int limit) {
        int fitting = Math.max(1, (int) Math.min(LARGEST_BATCH, PIXELS / pixels()));
        return Math.min(Math.min(limit, images), fitting);
    }

    long pixels() {
        return (long) width * height;
    }
}
