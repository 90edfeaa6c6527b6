package dev.likeness.diffusion.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SimilarityTests {

    private static final float[] EAST = {1, 0};
    private static final float[] NORTH = {0, 1};
    private static final float[] WEST = {-3, 0};

    @Test
    void averagesOverAllPairsOfTwoSets() {
        Similarity similarity = Similarity.between(new float[][] {EAST, NORTH}, new float[][] {EAST, EAST, WEST});

        assertThat(similarity.value()).isCloseTo((1 + 1 - 1 + 0 + 0 + 0) / 6.0, offset(1e-12));
        assertThat(similarity.n()).isEqualTo(6);
    }

    @Test
    void pairsNoPictureWithItself() {
        Similarity similarity = Similarity.within(new float[][] {EAST, EAST, NORTH});

        assertThat(similarity.value()).isCloseTo(1 / 3.0, offset(1e-12));
        assertThat(similarity.n()).isEqualTo(3);
    }

    @Test
    void comparesAPictureWithItsOwnTextAlone() {
        Similarity similarity = Similarity.matching(new float[][] {EAST, NORTH}, new float[][] {WEST, NORTH});

        assertThat(similarity.value()).isCloseTo((-1 + 1) / 2.0, offset(1e-12));
        assertThat(similarity.n()).isEqualTo(2);
    }

    /** Every picture shows the subject. This reduces the fit to every text, but not the margin. */
    @Test
    void theMarginIsWhatAPictureHasOverOtherTexts() {
        float[][] texts = {{1, 0, 0}, {0, 1, 0}};
        float[][] listening = {{0.6f, 0, 0.8f}, {0, 0.6f, 0.8f}};
        float[][] deaf = {{0.6f, 0, 0.8f}, {0.6f, 0, 0.8f}};

        assertThat(Similarity.margin(listening, new int[] {0, 1}, texts).value())
                .isCloseTo(0.6, offset(1e-7));
        assertThat(Similarity.margin(deaf, new int[] {0, 1}, texts).value()).isCloseTo(0, offset(1e-7));
        assertThat(Similarity.margin(listening, new int[] {0, 1}, texts).n()).isEqualTo(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Similarity.margin(listening, new int[] {0, 0}, new float[][] {{1, 0, 0}}));
    }

    /**
     * For many independent values the interval is that of the normal distribution, 1.96 standard errors to each side.
     */
    @Test
    void theIntervalOfAMeanIsTheNormalOneForManyValues() {
        Random random = new Random(3);
        int count = 400;
        float[][] pictures = new float[count][];
        float[][] texts = new float[count][];
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            double angle = 0.9 + 0.2 * random.nextGaussian();
            pictures[i] = new float[] {1, 0};
            texts[i] = new float[] {(float) Math.cos(angle), (float) Math.sin(angle)};
            sum += Math.cos(angle);
            squares += Math.cos(angle) * Math.cos(angle);
        }
        double mean = sum / count;
        double error = Math.sqrt((squares / count - mean * mean) / count);

        Similarity found = Similarity.matching(pictures, texts);

        assertThat(found.low()).isCloseTo(mean - 1.96 * error, offset(0.15 * error));
        assertThat(found.high()).isCloseTo(mean + 1.96 * error, offset(0.15 * error));
    }

    /** Twenty pairs of the same five pictures are less informative than twenty pairs of forty pictures. */
    @Test
    void pairsThatShareAPictureAreNotCountedAsIfTheyDidNot() {
        float[][] these = cloud(5, 0.6, 4);
        float[][] those = cloud(4, 0.6, 5);
        float[][] pairedThese = new float[20][];
        float[][] pairedThose = new float[20][];
        for (int i = 0; i < 20; i++) {
            pairedThese[i] = these[i / 4];
            pairedThose[i] = those[i % 4];
        }

        Similarity crossed = Similarity.between(these, those);
        Similarity asIfIndependent = Similarity.matching(pairedThese, pairedThose);

        assertThat(crossed.value()).isCloseTo(asIfIndependent.value(), offset(1e-12));
        assertThat(crossed.high() - crossed.low()).isGreaterThan(asIfIndependent.high() - asIfIndependent.low());
    }

    @Test
    void isTheSameEveryTime() {
        float[][] these = cloud(6, 0.5, 6);

        assertThat(Similarity.within(these)).isEqualTo(Similarity.within(these));
        assertThat(Similarity.within(these).complement().low())
                .isCloseTo(1 - Similarity.within(these).high(), offset(1e-12));
    }

    @Test
    void refusesWhatHasNoPairs() {
        assertThatIllegalArgumentException().isThrownBy(() -> Similarity.within(cloud(1, 0.1, 7)));
        assertThatIllegalArgumentException().isThrownBy(() -> Similarity.matching(cloud(1, 0.1, 7), cloud(2, 0.1, 7)));
        assertThatIllegalArgumentException().isThrownBy(() -> Similarity.matching(new float[0][], new float[0][]));
    }

    private static float[][] cloud(int count, double spread, long seed) {
        Random random = new Random(seed);
        float[][] cloud = new float[count][8];
        for (float[] each : cloud) {
            for (int i = 0; i < each.length; i++) {
                each[i] = (float) (1 + spread * random.nextGaussian());
            }
        }
        return cloud;
    }
}
