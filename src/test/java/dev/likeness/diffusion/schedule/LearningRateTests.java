package dev.likeness.diffusion.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.data.Offset.offset;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LearningRateTests {

    /** Rates at some steps of a run of 20 steps with 4 of warm-up, as from diffusers' {@code get_scheduler}. */
    @Nested
    class Shapes {

        private static final int[] STEPS = {0, 1, 3, 4, 5, 8, 12, 16, 19, 20};
        private static final double RATE = 2e-4;

        @Test
        void constantStaysAfterTheWarmUp() {
            assertRates(LearningRate.constant(RATE, 4), 0, 5e-5, 1.5e-4, 2e-4, 2e-4, 2e-4, 2e-4, 2e-4, 2e-4, 2e-4);
        }

        @Test
        void linearFallsToNothing() {
            assertRates(
                    LearningRate.linear(RATE, 4, 20), 0, 5e-5, 1.5e-4, 2e-4, 1.875e-4, 1.5e-4, 1e-4, 5e-5, 1.25e-5, 0);
        }

        @Test
        void cosineFallsAlongHalfAWave() {
            assertRates(
                    LearningRate.cosine(RATE, 4, 20),
                    0,
                    5e-5,
                    1.5e-4,
                    2e-4,
                    1.9807852804032305e-4,
                    1.7071067811865476e-4,
                    1e-4,
                    2.9289321881345254e-5,
                    1.921471959676957e-6,
                    0);
        }

        /** The function schedules of optimizers/reference.py prints these and those of REX. */
        @Test
        void cosineWithRestartsFallsSeveralTimes() {
            assertRates(
                    LearningRate.cosineWithRestarts(RATE, 4, 20, 3),
                    0,
                    5e-5,
                    1.5e-4,
                    2e-4,
                    1.8314696123025454e-4,
                    2.9289321881345254e-5,
                    1e-4,
                    1.7071067811865476e-4,
                    1.6853038769745467e-5,
                    0);
        }

        @Test
        void oneCycleIsTheCosineWithoutRestarts() {
            LearningRate plain = LearningRate.cosine(RATE, 4, 20);

            assertRates(
                    LearningRate.cosineWithRestarts(RATE, 4, 20, 1),
                    IntStream.of(STEPS).mapToDouble(plain::at).toArray());
        }

        @Test
        void rexFallsFastAtTheEnd() {
            assertRates(
                    LearningRate.rex(RATE, 4, 20),
                    0,
                    5e-5,
                    1.5e-4,
                    2e-4,
                    1.9354838709677422e-4,
                    1.7142857142857143e-4,
                    1.3333333333333334e-4,
                    8e-5,
                    2.3529411764705884e-5,
                    0);
        }

        @Test
        void scheduleFreeWarmUpBeginsAboveZero() {
            LearningRate rate = LearningRate.scheduleFree(RATE, 4);

            assertThat(IntStream.range(0, 6).mapToDouble(rate::at).toArray())
                    .containsExactly(new double[] {5e-5, 1e-4, 1.5e-4, 2e-4, 2e-4, 2e-4}, offset(1e-15));
            assertThat(LearningRate.scheduleFree(RATE, 0).at(0)).isEqualTo(RATE);
        }

        @Test
        void polynomialFallsInALineToItsEnd() {
            assertRates(
                    LearningRate.polynomial(RATE, 4, 20),
                    0,
                    5e-5,
                    1.5e-4,
                    2e-4,
                    1.8750625e-4,
                    1.50025e-4,
                    1.0005e-4,
                    5.0075e-5,
                    1.259375e-5,
                    1e-7);
        }

        @Test
        void polynomialTakesAPowerAndAnEnd() {
            assertRates(
                    LearningRate.polynomial(RATE, 4, 20, 2, 1e-5),
                    0,
                    5e-5,
                    1.5e-4,
                    2e-4,
                    1.769921875e-4,
                    1.16875e-4,
                    5.75e-5,
                    2.1875e-5,
                    1.07421875e-5,
                    1e-5);
        }

        @Test
        void startsWithTheWholeRateWithoutWarmUp() {
            assertThat(LearningRate.constant(RATE, 0).at(0)).isEqualTo(RATE);
            assertThat(LearningRate.linear(RATE, 0, 20).at(0)).isEqualTo(RATE);
            assertThat(LearningRate.cosine(RATE, 0, 20).at(0)).isEqualTo(RATE);
            assertThat(LearningRate.polynomial(RATE, 0, 20).at(0)).isEqualTo(RATE);
        }

        @Test
        void staysAtTheEndBeyondTheRun() {
            assertThat(LearningRate.linear(RATE, 4, 20).at(30)).isZero();
            assertThat(LearningRate.cosine(RATE, 4, 20).at(30)).isZero();
            assertThat(LearningRate.cosineWithRestarts(RATE, 4, 20, 3).at(30)).isZero();
            assertThat(LearningRate.rex(RATE, 4, 20).at(30)).isZero();
            assertThat(LearningRate.polynomial(RATE, 4, 20, 2, 1e-5).at(30)).isEqualTo(1e-5);
        }

        @Test
        void bearsAWarmUpAsLongAsTheRun() {
            assertThat(LearningRate.polynomial(RATE, 20, 20).at(20)).isEqualTo(RATE);
            assertThat(LearningRate.cosine(RATE, 20, 20).at(10)).isEqualTo(RATE / 2);
            assertThat(LearningRate.linear(RATE, 20, 20).at(20)).isZero();
            assertThat(LearningRate.rex(RATE, 20, 20).at(20)).isEqualTo(RATE);
            assertThat(LearningRate.cosineWithRestarts(RATE, 20, 20, 2).at(10)).isEqualTo(RATE / 2);
        }

        @ParameterizedTest
        @ValueSource(doubles = {0, -1e-4, Double.NaN, Double.POSITIVE_INFINITY})
        void refusesARateThatIsNotPositive(double rate) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> LearningRate.constant(rate, 0))
                    .withMessage("the learning rate must be a number above 0, not " + rate);
        }

        @Test
        void refusesAnEndAboveTheRate() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> LearningRate.polynomial(1e-8, 0, 20))
                    .withMessage("a polynomial schedule ends at 1.0E-7: the learning rate must be above that, not"
                            + " 1.0E-8");
        }

        @Test
        void refusesRunsAndWarmUpsOfImpossibleLength() {
            assertThatIllegalArgumentException().isThrownBy(() -> LearningRate.cosine(RATE, 0, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> LearningRate.linear(RATE, -1, 20));
            assertThatIllegalArgumentException().isThrownBy(() -> LearningRate.rex(RATE, 0, 0));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> LearningRate.cosineWithRestarts(RATE, 0, 20, 0))
                    .withMessage("a schedule with restarts has at least 1 cycle, not 0");
        }

        private static void assertRates(LearningRate rate, double... expected) {
            assertThat(IntStream.of(STEPS).mapToDouble(rate::at).toArray()).containsExactly(expected, offset(1e-15));
        }
    }

    @Nested
    class Stepped {

        @Test
        void holdsEachRateWhileTheStepIsBelowItsBound() {
            LearningRate rate = LearningRate.parse("5e-2:100, 5e-3:500, 5e-4", 1000);

            assertThat(IntStream.of(0, 99, 100, 499, 500, 999).mapToDouble(rate::at))
                    .containsExactly(5e-2, 5e-2, 5e-3, 5e-3, 5e-4, 5e-4);
        }

        @Test
        void dropsBoundsThatLieBehindAResumedRun() {
            LearningRate rate = LearningRate.parse("5e-2:100, 5e-3:500, 5e-4", 1000);

            assertThat(IntStream.of(300, 500).mapToDouble(rate::at)).containsExactly(5e-3, 5e-4);
        }

        @Test
        void takesOneRateAsConstant() {
            assertThat(LearningRate.parse(" 7e-4 ", 10).at(9)).isEqualTo(7e-4);
        }

        @Test
        void letsTheLastRateEndWithTheRun() {
            assertThat(LearningRate.parse("1e-3:10,1e-4:20", 20).at(19)).isEqualTo(1e-4);
        }

        @Test
        void letsBoundsLieBeyondTheRun() {
            assertThat(LearningRate.parse("1e-3:10, 1e-4:50, 1e-5", 20).at(19)).isEqualTo(1e-4);
        }

        @ParameterizedTest
        @ValueSource(strings = {"0.005:5,.5", "+5E-3 : 5 , 5e-1", "5.e-3:05,\t0.5"})
        void readsNumbersInEveryWriting(String text) {
            LearningRate rate = LearningRate.parse(text, 10);

            assertThat(rate.at(4)).isEqualTo(5e-3);
            assertThat(rate.at(5)).isEqualTo(0.5);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                5e-2:100, 5e-3:100, 5e-4 | part 2 "5e-3:100": its bound 100 is not above the one before, 100: write bounds in increasing order
                5e-2:100, 5e-3:50        | part 2 "5e-3:50": its bound 50 is not above the one before, 100: write bounds in increasing order
                5e-2:100, 5e-3:500       | part 2 "5e-3:500": it ends at step 500, but the run has 1000 steps: delete the last bound, or add a rate
                5e-2:999                 | part 1 "5e-2:999": it ends at step 999, but the run has 1000 steps: delete the last bound, or add a rate
                5e-2, 5e-3:500, 5e-4     | part 1 "5e-2": only the last rate may stand without a bound: write rate:step, or delete what follows
                5e-2:100,, 5e-4          | part 2 "": it is empty: give it a rate, or delete the comma
                5e-2:100,                | part 2 "": it is empty: give it a rate, or delete the comma
                ,5e-4                    | part 1 "": it is empty: give it a rate, or delete the comma
                5e-2:100:200, 5e-4       | part 1 "5e-2:100:200": it has more than one colon: write rate:step
                fast:100, 5e-4           | part 1 "fast:100": "fast" is not a number: write the rate such as 0.005 or 5e-3
                :100, 5e-4               | part 1 ":100": "" is not a number: write the rate such as 0.005 or 5e-3
                5e-4 and then stop       | part 1 "5e-4 and then stop": "5e-4 and then stop" is not a number: write the rate such as 0.005 or 5e-3
                5e-4; 5e-5               | part 1 "5e-4; 5e-5": "5e-4; 5e-5" is not a number: write the rate such as 0.005 or 5e-3
                NaN                      | part 1 "NaN": "NaN" is not a number: write the rate such as 0.005 or 5e-3
                1d                       | part 1 "1d": "1d" is not a number: write the rate such as 0.005 or 5e-3
                5e-2:100, 0              | part 2 "0": the rate 0 is not above 0, or too large: give one such as 5e-3
                -5e-2:100, 5e-4          | part 1 "-5e-2:100": the rate -5e-2 is not above 0, or too large: give one such as 5e-3
                1e-999                   | part 1 "1e-999": the rate 1e-999 is not above 0, or too large: give one such as 5e-3
                1e999                    | part 1 "1e999": the rate 1e999 is not above 0, or too large: give one such as 5e-3
                5e-2:, 5e-4              | part 1 "5e-2:": the bound "" is not a step from 1 to 999999999: write a whole number such as 100
                5e-2:0, 5e-4             | part 1 "5e-2:0": the bound "0" is not a step from 1 to 999999999: write a whole number such as 100
                5e-2:-1, 5e-4            | part 1 "5e-2:-1": the bound "-1" is not a step from 1 to 999999999: write a whole number such as 100
                5e-2:1.5, 5e-4           | part 1 "5e-2:1.5": the bound "1.5" is not a step from 1 to 999999999: write a whole number such as 100
                5e-2:1e2, 5e-4           | part 1 "5e-2:1e2": the bound "1e2" is not a step from 1 to 999999999: write a whole number such as 100
                5e-2:9999999999, 5e-4    | part 1 "5e-2:9999999999": the bound "9999999999" is not a step from 1 to 999999999: write a whole number such as 100
                """)
        void saysWhatIsWrongWhereAndWhatToDo(String text, String message) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> LearningRate.parse(text, 1000))
                    .withMessage("learning rate \"%s\", %s", text, message);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "  \n"})
        void refusesNothing(String text) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> LearningRate.parse(text, 10))
                    .withMessageStartingWith("the learning rate is empty: give one such as 5e-4");
        }
    }
}
