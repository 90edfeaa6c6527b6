package dev.likeness.diffusion.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.likeness.diffusion.schedule.RandomDraws.Purpose;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RandomDrawsTests {

    /** The known answers published by the generator's authors (Random123, kat_vectors). */
    @Test
    void generatesWhatThePaperSays() {
        assertThat(RandomDraws.philox(new int[4], 0, 0))
                .containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
        assertThat(RandomDraws.philox(new int[] {-1, -1, -1, -1}, -1, -1))
                .containsExactly(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
        assertThat(RandomDraws.philox(
                        new int[] {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, 0xa4093822, 0x299f31d0))
                .containsExactly(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
    }

    /** Computed in Python's double precision from the published generator and transform. */
    @Test
    void spreadsTheGeneratorsWordsOverTheNumbers() {
        RandomDraws draws = new RandomDraws(0x123456789abcdef0L);

        assertThat(draws.normal(Purpose.POSTERIOR, 1, 3, 7))
                .usingComparatorWithPrecision(1e-7f)
                .containsExactly(
                        -0.5093592784615166f,
                        0.41987151870501416f,
                        -0.017024990278508966f,
                        -1.3015411308733187f,
                        0.5496712528473217f,
                        -0.379222554382646f,
                        0.3743509892788793f);
        assertThat(draws.uniform(5, Purpose.POSTERIOR, 1, 3)).isEqualTo(0.18866964243352413);
        assertThat(draws.bits(Purpose.POSTERIOR, 1, 3)).isEqualTo(0xcde20b2363e9639fL);
    }

    @Test
    void drawsStandardNormalNumbers() {
        float[] values = new RandomDraws(7).normal(Purpose.TRAINING_NOISE, 3, 1, 100_001);

        double mean = 0;
        double square = 0;
        for (float value : values) {
            mean += value / values.length;
            square += (double) value * value / values.length;
        }
        assertThat(values).hasSize(100_001);
        assertThat(mean).isCloseTo(0, offset(0.02));
        assertThat(square).isCloseTo(1, offset(0.02));
    }

    @Test
    void aShorterDrawIsTheStartOfALongerOne() {
        RandomDraws draws = new RandomDraws(7);

        assertThat(draws.normal(Purpose.TIMESTEP, 0, 0, 5))
                .isEqualTo(Arrays.copyOf(draws.normal(Purpose.TIMESTEP, 0, 0, 9), 5));
    }

    @Test
    void seedPurposeStepAndIndexEachGiveOtherNumbers() {
        float[] values = new RandomDraws(7).normal(Purpose.POSTERIOR, 1, 2, 4);

        assertThat(new RandomDraws(8).normal(Purpose.POSTERIOR, 1, 2, 4)).isNotEqualTo(values);
        assertThat(new RandomDraws(7L << 32).normal(Purpose.POSTERIOR, 1, 2, 4)).isNotEqualTo(values);
        assertThat(new RandomDraws(7).normal(Purpose.TRAINING_NOISE, 1, 2, 4)).isNotEqualTo(values);
        assertThat(new RandomDraws(7).normal(Purpose.POSTERIOR, 2, 2, 4)).isNotEqualTo(values);
        assertThat(new RandomDraws(7).normal(Purpose.POSTERIOR, 1, 3, 4)).isNotEqualTo(values);
    }

    @Test
    void wholeNumbersFillTheirRange() {
        RandomDraws draws = new RandomDraws(1);
        int[] counts = new int[10];
        for (int i = 0; i < 10_000; i++) {
            counts[draws.below(10, Purpose.TIMESTEP, i, 0)]++;
        }
        assertThat(Arrays.stream(counts)).allMatch(count -> count > 850 && count < 1150);
    }

    @Test
    void aPermutationHoldsEveryNumberOnce() {
        RandomDraws draws = new RandomDraws(3);

        int[] order = draws.permutation(50, Purpose.SHUFFLE, 4);

        assertThat(order).isNotEqualTo(draws.permutation(50, Purpose.SHUFFLE, 5));
        Arrays.sort(order);
        for (int i = 0; i < order.length; i++) {
            assertThat(order[i]).isEqualTo(i);
        }
    }
}
