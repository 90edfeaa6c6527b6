package dev.likeness.diffusion.data;

import dev.likeness.diffusion.data.PillowResize.Filter;

/**
 * A mask of a picture as weights of its loss in the latents: mask + (1 - mask) * outside. A latent's mask is the mean over its
 * pixels, as in {@code apply_masked_loss} of kohya's sd-scripts, whose outside is 0. For masks of 0 and 1 it is the weight of
 * OneTrainer with {@code unmasked_weight}.
 */
public final class LossMask {

    private static final int CHANNELS = 3;
    private static final double WHITE = 255;
    private static final double GRAY = 128;

    private final RgbImage mask;
    private final double outside;

    /**
     * @param mask gray, of the picture's size; white counts fully
     * @param outside the weight of what the mask leaves out, 0 to 1
     */
    public LossMask(RgbImage mask, double outside) {
        this.mask = mask;
        this.outside = outside;
    }

    /** The mask of a part of the picture that is not resized. */
    public LossMask part(int left, int top, int width, int height) {
        return new LossMask(Crop.of(mask, left, top, width, height), outside);
    }

    /** The share of a mask that is white; gray counts as its share of white. */
    public static double share(RgbImage mask) {
        long sum = 0;
        for (int i = 0; i < mask.rgb().length; i += CHANNELS) {
            sum += mask.rgb()[i] & 0xff;
        }
        return sum / WHITE / ((double) mask.width() * mask.height());
    }

    /** The mask of the resized picture. It is resized without overshoot, so that black stays black. */
    public RgbImage resized(TrainingFrame frame) {
        return PillowResize.resize(
                mask, frame.size().resizedWidth(), frame.size().resizedHeight(), Filter.BILINEAR);
    }

    /** The mask of the training picture. */
    public RgbImage cut(TrainingFrame frame) {
        return frame.cut(resized(frame));
    }

    /**
     * A picture that becomes gray where it counts less.
     *
     * @param marked its mask, of the same size
     */
    public RgbImage show(RgbImage picture, RgbImage marked) {
        byte[] shown = new byte[picture.rgb().length];
        for (int i = 0; i < shown.length; i++) {
            double share = (marked.rgb()[i] & 0xff) / WHITE;
            double weight = share + (1 - share) * outside;
            shown[i] = (byte) Math.round((picture.rgb()[i] & 0xff) * weight + GRAY * (1 - weight));
        }
        return new RgbImage(picture.width(), picture.height(), shown);
    }

    /**
     * The weights of the latents of a training picture.
     *
     * @param factor pixels of a side of a latent position; divides both sides
     * @return [h, w] in outside to 1, row-major
     */
    public float[] weights(TrainingFrame frame, int factor) {
        RgbImage part = cut(frame);
        int width = part.width() / factor;
        int height = part.height() / factor;
        float[] weights = new float[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double share = share(Crop.of(part, x * factor, y * factor, factor, factor));
                weights[y * width + x] = (float) (share + (1 - share) * outside);
            }
        }
        return weights;
    }
}
