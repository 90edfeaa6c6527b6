package dev.likeness.diffusion.evaluation;

import static dev.likeness.diffusion.evaluation.DetailEncoder.CHANNELS;
import static dev.likeness.diffusion.evaluation.DetailEncoder.SIDE;

import java.util.Arrays;
import java.util.Comparator;

/**
 * How much of the detail of pictures images show. A patch of 8x8 pixels without its mean colour has only edges and texture. The
 * 48 strongest patches of the middle of a picture are its detail, and each is compared with the nearest patch of the image,
 * wherever that is (the completeness of Simakov et al. 2008, "Summarizing Visual Data Using Bidirectional Similarity",
 * equation 1, for the strongest patches). Whole-image embeddings such as CLIP's hardly notice smeared or distorted parts.
 */
final class Details {

    private static final int PATCH = 8;
    private static final int LENGTH = CHANNELS * PATCH * PATCH;

    /** Pixels from one patch of a picture to the next. */
    private static final int STRIDE = 4;

    /** The same for images, whose patches are searched. */
    private static final int SEARCH_STRIDE = 2;

    /** Pixels of the margin, where scenes are rather than the subject. */
    private static final int MARGIN = 8;

    /** How many of the 121 patches of the middle count. */
    private static final int STRONGEST = 48;

    /** Pictures that are compared, evenly spaced: the time of comparing them with each other grows with the square. */
    private static final int PICTURES = 12;

    private Details() {}

    /** All images with all pictures. Its interval resamples both. */
    static Similarity of(EncodedImages encoded) {
        return Similarity.crossed(explained(encoded.images(), some(encoded.subject())));
    }

    /** The same between two different pictures, in both directions: what a perfect likeness reaches. */
    static double reference(EncodedSubject subject) {
        float[][] pictures = some(subject);
        double[][] explained = explained(pictures, pictures);
        double sum = 0;
        for (int i = 0; i < explained.length; i++) {
            sum += Arrays.stream(explained[i]).sum() - explained[i][i];
        }
        return sum / (explained.length * (explained.length - 1.0));
    }

    private static float[][] some(EncodedSubject subject) {
        float[][] pictures = subject.pictures();
        int count = Math.min(PICTURES, pictures.length);
        float[][] some = new float[count][];
        Arrays.setAll(some, i -> pictures[i * pictures.length / count]);
        return some;
    }

    /**
     * Shares of detail.
     *
     * @return for each image and picture the share of the variance of the picture's patches that the nearest patches of the
     *     image explain: 1 if it shows all, 0 or less if plain areas come as close
     */
    static double[][] explained(float[][] images, float[][] pictures) {
        float[][][] details = Arrays.stream(pictures).map(Details::strongest).toArray(float[][][]::new);
        return Arrays.stream(images)
                .map(it -> patches(it, 0, SEARCH_STRIDE))
                .map(patches -> Arrays.stream(details)
                        .mapToDouble(detail -> share(patches, detail))
                        .toArray())
                .toArray(double[][]::new);
    }

    private static double share(float[][] patches, float[][] detail) {
        double missing = 0;
        double all = 0;
        for (float[] each : detail) {
            missing += nearest(each, patches);
            all += squares(each);
        }
        // A picture of one colour has no detail to miss.
        return all == 0 ? 1 : 1 - missing / all;
    }

    private static double nearest(float[] patch, float[][] patches) {
        double nearest = Double.POSITIVE_INFINITY;
        for (float[] other : patches) {
            double distance = 0;
            for (int from = 0; from < LENGTH && distance < nearest; from += PATCH * CHANNELS) {
                for (int i = from; i < from + PATCH * CHANNELS; i++) {
                    double difference = patch[i] - other[i];
                    distance += difference * difference;
                }
            }
            nearest = Math.min(nearest, distance);
        }
        return nearest;
    }

    private static float[][] strongest(float[] square) {
        return Arrays.stream(patches(square, MARGIN, STRIDE))
                .sorted(Comparator.comparingDouble(Details::squares).reversed())
                .limit(STRONGEST)
                .toArray(float[][]::new);
    }

    private static float[][] patches(float[] square, int margin, int stride) {
        int across = (SIDE - 2 * margin - PATCH) / stride + 1;
        float[][] patches = new float[across * across][];
        for (int i = 0; i < patches.length; i++) {
            patches[i] = patch(square, margin + i / across * stride, margin + i % across * stride);
        }
        return patches;
    }

    private static float[] patch(float[] square, int top, int left) {
        float[] patch = new float[LENGTH];
        double[] means = new double[CHANNELS];
        int row = PATCH * CHANNELS;
        for (int y = 0; y < PATCH; y++) {
            System.arraycopy(square, ((top + y) * SIDE + left) * CHANNELS, patch, y * row, row);
        }
        for (int i = 0; i < LENGTH; i++) {
            means[i % CHANNELS] += (double) patch[i] / (PATCH * PATCH);
        }
        for (int i = 0; i < LENGTH; i++) {
            patch[i] -= (float) means[i % CHANNELS];
        }
        return patch;
    }

    private static double squares(float[] patch) {
        double sum = 0;
        for (float each : patch) {
            sum += (double) each * each;
        }
        return sum;
    }
}
