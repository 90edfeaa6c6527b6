package dev.likeness.diffusion.evaluation;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A mean of cosines or of other figures, or a difference of means, and its 95 % percentile bootstrap interval (Efron and Tibshirani 1993,
 * chapter 13). The bootstrap resamples pictures, not pairs: pairs that share a picture are not independent. If two sets
 * are crossed, it resamples both (Owen 2007, "The pigeonhole bootstrap", arXiv:0712.1111). So the interval shows how the
 * value could change with other pictures of the subject and other seeds.
 *
 * @param value for cosines -1 to 1, for differences of cosines -2 to 2
 * @param n how many cosines or figures it is the mean of
 * @param low 0.025 quantile
 * @param high 0.975 quantile
 */
public record Similarity(double value, int n, double low, double high) {

    private static final int RESAMPLES = 2000;
    private static final double TAIL = 0.025;

    /** Fixed, so that equal pictures get equal intervals. The algorithm of {@link Random} is part of its contract. */
    private static final long SEED = 20260131;

    /**
     * All pairs of one element of each set. Of generated and real pictures it is CLIP-I or DINO (Ruiz et al. 2022,
     * arXiv:2208.12242, section 4.1).
     *
     * @param these embeddings other than zero vectors, at least one
     * @param those embeddings other than zero vectors, at least one
     */
    public static Similarity between(float[][] these, float[][] those) {
        return crossed(cosines(these, those));
    }

    /**
     * The mean of figures of all pairs of one element of each set. The interval resamples both sets.
     *
     * @param figures for each element of one set those with all elements of the other one; neither set is empty
     */
    static Similarity crossed(double[][] figures) {
        int rows = figures.length;
        int columns = figures[0].length;
        Random random = new Random(SEED);
        return of(mean(figures, identity(rows), identity(columns)), rows * columns, () -> {
            int[] drawnRows = draw(random, rows);
            return mean(figures, drawnRows, draw(random, columns));
        });
    }

    /**
     * All pairs of two different pictures. A picture that a resample holds twice is not paired with itself.
     *
     * @param pictures embeddings other than zero vectors, at least two
     */
    public static Similarity within(float[][] pictures) {
        if (pictures.length < 2) {
            throw new IllegalArgumentException("distinct pairs need two pictures or more");
        }
        double[][] cosines = cosines(pictures, pictures);
        Random random = new Random(SEED);
        int n = pictures.length * (pictures.length - 1) / 2;
        return of(distinct(cosines, identity(pictures.length)), n, () -> {
            int[] drawn = draw(random, pictures.length);
            while (Arrays.stream(drawn).distinct().count() < 2) {
                drawn = draw(random, pictures.length);
            }
            return distinct(cosines, drawn);
        });
    }

    /**
     * Each picture with the text of the same index. With the prompts of the pictures it is CLIP-T (the same section).
     *
     * @param pictures embeddings other than zero vectors, at least one
     * @param texts as many, of the same length
     */
    public static Similarity matching(float[][] pictures, float[][] texts) {
        if (pictures.length == 0 || pictures.length != texts.length) {
            throw new IllegalArgumentException("%d pictures, %d texts".formatted(pictures.length, texts.length));
        }
        double[] cosines = IntStream.range(0, pictures.length)
                .mapToDouble(i -> cosine(pictures[i], texts[i]))
                .toArray();
        return mean(cosines);
    }

    /**
     * How much closer each picture is to its own text than, on average, to the other texts. What the texts have in common,
     * such as the subject's class, cancels out, and so does the offset of an encoder's cosines.
     *
     * @param pictures embeddings other than zero vectors, at least one
     * @param asked index of each picture's text
     * @param texts different texts, at least two, of the same length
     */
    public static Similarity margin(float[][] pictures, int[] asked, float[][] texts) {
        if (texts.length < 2) {
            throw new IllegalArgumentException("a margin needs two texts or more");
        }
        double[][] cosines = cosines(pictures, texts);
        double[] margins = IntStream.range(0, pictures.length)
                .mapToDouble(i -> {
                    double own = cosines[i][asked[i]];
                    return own - (Arrays.stream(cosines[i]).sum() - own) / (texts.length - 1);
                })
                .toArray();
        return mean(margins);
    }

    /**
     * The mean of some figures, less the mean of others. The interval resamples both, independently (Efron and Tibshirani
     * 1993, section 8.3).
     *
     * @param these at least one
     * @param those at least one
     */
    public static Similarity difference(double[] these, double[] those) {
        Random random = new Random(SEED);
        return of(mean(these, identity(these.length)) - mean(those, identity(those.length)), these.length, () -> {
            double mean = mean(these, draw(random, these.length));
            return mean - mean(those, draw(random, those.length));
        });
    }

    private static Similarity mean(double[] values) {
        Random random = new Random(SEED);
        return of(
                mean(values, identity(values.length)), values.length, () -> mean(values, draw(random, values.length)));
    }

    /** The distance: 1 - value. */
    public Similarity complement() {
        return new Similarity(1 - value, n, 1 - high, 1 - low);
    }

    private static Similarity of(double value, int n, Supplier<Double> resample) {
        double[] values =
                IntStream.range(0, RESAMPLES).mapToDouble(i -> resample.get()).toArray();
        Arrays.sort(values);
        return new Similarity(value, n, quantile(values, TAIL), quantile(values, 1 - TAIL));
    }

    /** Interpolates between the two nearest values, as NumPy. */
    private static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    /**
     * The cosine of two embeddings other than zero vectors.
     *
     * @return -1 to 1
     */
    public static double cosine(float[] a, float[] b) {
        double dot = 0;
        double lengthA = 0;
        double lengthB = 0;
        for (int i = 0; i < a.length; i++) {
            dot += (double) a[i] * b[i];
            lengthA += (double) a[i] * a[i];
            lengthB += (double) b[i] * b[i];
        }
        return dot / Math.sqrt(lengthA * lengthB);
    }

    private static double[][] cosines(float[][] these, float[][] those) {
        double[][] cosines = new double[these.length][those.length];
        for (int i = 0; i < these.length; i++) {
            for (int j = 0; j < those.length; j++) {
                cosines[i][j] = cosine(these[i], those[j]);
            }
        }
        return cosines;
    }

    private static int[] identity(int length) {
        return IntStream.range(0, length).toArray();
    }

    private static int[] draw(Random random, int length) {
        int[] drawn = new int[length];
        for (int i = 0; i < length; i++) {
            drawn[i] = random.nextInt(length);
        }
        return drawn;
    }

    private static double mean(double[][] cosines, int[] rows, int[] columns) {
        double sum = 0;
        for (int row : rows) {
            for (int column : columns) {
                sum += cosines[row][column];
            }
        }
        return sum / ((double) rows.length * columns.length);
    }

    private static double mean(double[] values, int[] drawn) {
        double sum = 0;
        for (int i : drawn) {
            sum += values[i];
        }
        return sum / drawn.length;
    }

    private static double distinct(double[][] cosines, int[] drawn) {
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < drawn.length; i++) {
            for (int j = 0; j < i; j++) {
                if (drawn[i] != drawn[j]) {
                    sum += cosines[drawn[i]][drawn[j]];
                    pairs++;
                }
            }
        }
        return sum / pairs;
    }
}
