package dev.likeness.diffusion.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.likeness.diffusion.plan.ModelSize.Parameters;
import dev.likeness.diffusion.plan.ModelSize.Tower;
import dev.likeness.diffusion.plan.ModelSize.Unet;
import dev.likeness.diffusion.plan.ModelSize.Vae;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MemoryPlanTests {

    private static final long MILLION = 1_000_000;

    /** As large as Stable Diffusion 1.5. */
    private static final ModelSize SD15 = new ModelSize(
            new Unet(
                    new Parameters(860 * MILLION, 200_000, 1_058_000),
                    List.of(320, 640, 1280, 1280),
                    List.of(1, 1, 1, 0),
                    1,
                    2),
            List.of(new Tower(new Parameters(123 * MILLION, 74_000, 166_000), 12, 768, 3072, 77)),
            new Vae(new Parameters(84 * MILLION, 0, 220_000), List.of(128, 256, 512, 512)));

    /** One level, one layer, no attention but the middle one: small enough to count by hand. */
    private static final ModelSize ONE_LEVEL = new ModelSize(
            new Unet(new Parameters(1000, 10, 20), List.of(8), List.of(0), 1, 1),
            List.of(new Tower(new Parameters(100, 1, 2), 2, 4, 16, 5)),
            new Vae(new Parameters(50, 0, 1), List.of(2, 4)));

    private static final Economy PLAIN = new Economy(1, 1, false, OptimizerKind.ADAMW, false);

    private static Run run(Method method, boolean prior, Compute compute) {
        return new Run(method, 512, prior, compute, new Run.Adapter(4, false));
    }

    private static MemoryPlan plan(Run run, Economy economy) {
        return new MemoryPlan(SD15, run, economy);
    }

    private static MemoryEstimate estimate(Method method, Compute compute, Economy economy) {
        return plan(run(method, false, compute), economy).estimate();
    }

    @Nested
    class Weights {

        @Test
        void areInFullWhereTheyLearn() {
            assertThat(estimate(Method.DREAMBOOTH, Compute.FP32, PLAIN).weights())
                    .isEqualTo(4 * (860 + 123 + 84) * MILLION);
            assertThat(estimate(Method.DREAMBOOTH, Compute.BF16, PLAIN).weights())
                    .isEqualTo((4 * 860 + 2 * 123 + 4 * 84) * MILLION);
        }

        @ParameterizedTest
        @EnumSource(
                value = Compute.class,
                names = {"BF16", "FP16"})
        void areHalfWhereTheyAreFrozenAndTheAutoencoderNever(Compute compute) {
            assertThat(estimate(Method.TEXTUAL_INVERSION, compute, PLAIN).weights())
                    .isEqualTo((2 * 860 + 2 * 123 + 4 * 84) * MILLION);
        }

        @Test
        void ofTheTextTowerAreInFullWhereItLearns() {
            Economy text = new Economy(1, 1, false, OptimizerKind.ADAMW, true);

            assertThat(estimate(Method.DREAMBOOTH, Compute.BF16, text).weights())
                    .isEqualTo((4 * 860 + 4 * 123 + 4 * 84) * MILLION);
        }

        @Test
        void ofAnAdapterComeOnTop() {
            Economy text = new Economy(1, 1, false, OptimizerKind.ADAMW, true);
            long frozen = (2 * 860 + 2 * 123 + 4 * 84) * MILLION;

            assertThat(estimate(Method.DREAMBOOTH_LORA, Compute.BF16, PLAIN).weights())
                    .isEqualTo(frozen + 4 * 4 * 200_000);
            assertThat(estimate(Method.DREAMBOOTH_LORA, Compute.BF16, text).weights())
                    .isEqualTo(frozen + 4 * 4 * (200_000 + 74_000));
        }

        @Test
        void ofAnAdapterAtEveryLayerAreMore() {
            Run everywhere = new Run(Method.DREAMBOOTH_LORA, 512, false, Compute.FP32, new Run.Adapter(8, true));

            assertThat(plan(everywhere, PLAIN).estimate().weights())
                    .isEqualTo(4 * (860 + 123 + 84) * MILLION + 4 * 8 * 1_058_000);
        }
    }

    @Nested
    class OptimizerState {

        @Test
        void isEightBytesOfAdamW() {
            assertThat(estimate(Method.DREAMBOOTH, Compute.FP32, PLAIN).optimizer())
                    .isEqualTo(8 * 860 * MILLION);
        }

        @Test
        void isAQuarterInEightBits() {
            Economy eightBit = PLAIN.withOptimizer(OptimizerKind.ADAMW_8BIT);

            assertThat((double)
                            estimate(Method.DREAMBOOTH, Compute.FP32, eightBit).optimizer())
                    .isCloseTo(2.0 * 860 * MILLION, Percentage.withPercentage(2));
        }

        @Test
        void isNextToNothingOfAdafactor() {
            Economy adafactor = PLAIN.withOptimizer(OptimizerKind.ADAFACTOR);

            assertThat(estimate(Method.DREAMBOOTH, Compute.FP32, adafactor).optimizer())
                    .isLessThan(860 * MILLION / 10);
        }

        @Test
        void coversTheTextTowerWhereItLearns() {
            Economy text = new Economy(1, 1, false, OptimizerKind.ADAMW, true);

            assertThat(estimate(Method.DREAMBOOTH, Compute.FP32, text).optimizer())
                    .isEqualTo(8 * (860 + 123) * MILLION);
        }

        @Test
        void isNothingWhereOnlyEmbeddingsLearn() {
            assertThat(estimate(Method.MOMENTUM_TEXTUAL_INVERSION, Compute.FP32, PLAIN)
                            .optimizer())
                    .isZero();
        }
    }

    @Nested
    class Activations {

        /**
         * Channels that the blocks of the one-level network keep: a residual block keeps 3 of each channel that goes in and
         * out, an attention 3 and 30. Down 8 to 8; middle 8 to 8, attention of 8, 8 to 8; up (8 + 8) to 8, twice.
         */
        private static final int EVERYTHING = 3 * 16 + 3 * 16 + 33 * 8 + 3 * 16 + 2 * 3 * 24;

        /** Channels between its blocks: first convolution, down, three in the middle, twice a joined pair and its result. */
        private static final int BETWEEN = 8 + 8 + 3 * 8 + 2 * (16 + 8);

        private static final int PLACES = 16 * 16;

        @Test
        void areCountedBlockByBlock() {
            UnetActivations.Numbers numbers = UnetActivations.of(ONE_LEVEL.unet(), Coefficients.Kept.TRAINED, PLACES);

            assertThat(numbers.everything()).isEqualTo(EVERYTHING * PLACES);
            assertThat(numbers.between()).isEqualTo(BETWEEN * PLACES);
            assertThat(numbers.largest()).isEqualTo(33 * 8 * PLACES);
        }

        @Test
        void areFewerWhereWeightsAreFrozen() {
            UnetActivations.Numbers trained = UnetActivations.of(SD15.unet(), Coefficients.Kept.TRAINED, 64 * 64);
            UnetActivations.Numbers passed = UnetActivations.of(SD15.unet(), Coefficients.Kept.PASSED, 64 * 64);

            assertThat(passed.everything()).isLessThan(trained.everything());
            assertThat(passed.between()).isEqualTo(trained.between());
        }

        @Test
        void growWithThePictures() {
            Run plain = run(Method.TEXTUAL_INVERSION, false, Compute.FP32);
            Run prior = run(Method.TEXTUAL_INVERSION, true, Compute.FP32);
            long one = plan(plain, PLAIN).estimate().backward();

            assertThat(plan(plain, new Economy(2, 1, false, OptimizerKind.ADAMW, false))
                            .estimate()
                            .backward())
                    .isEqualTo(2 * one);
            assertThat(plan(prior, PLAIN).estimate().backward()).isEqualTo(2 * one);
        }

        @Test
        void growWithTheResolution() {
            Run large = new Run(Method.TEXTUAL_INVERSION, 1024, false, Compute.FP32, Run.Adapter.NONE);
            double small =
                    estimate(Method.TEXTUAL_INVERSION, Compute.FP32, PLAIN).backward();

            assertThat((double) plan(large, PLAIN).estimate().backward())
                    .isCloseTo(4 * small, Percentage.withPercentage(10));
        }

        @Test
        void areLittleWithCheckpointing() {
            Economy checkpointing = PLAIN.withGradientCheckpointing();

            assertThat(estimate(Method.TEXTUAL_INVERSION, Compute.FP32, checkpointing)
                            .backward())
                    .isLessThan(estimate(Method.TEXTUAL_INVERSION, Compute.FP32, PLAIN)
                                    .backward()
                            / 3);
        }

        @Test
        void areSmallerInHalf() {
            assertThat(estimate(Method.TEXTUAL_INVERSION, Compute.BF16, PLAIN).backward())
                    .isLessThan(estimate(Method.TEXTUAL_INVERSION, Compute.FP32, PLAIN)
                            .backward());
        }

        @Test
        void ofTheTextTowerCountWhereItLearns() {
            Economy text = PLAIN.withOptimizer(OptimizerKind.ADAFACTOR);
            Economy learning = new Economy(1, 1, false, OptimizerKind.ADAFACTOR, true);
            long tower = 77L * 12 * (9 * 768 + 3 * 3072) * 4;

            assertThat(estimate(Method.DREAMBOOTH_LORA, Compute.FP32, learning).backward()
                            - estimate(Method.DREAMBOOTH_LORA, Compute.FP32, text)
                                    .backward())
                    .isEqualTo(tower);
        }
    }

    @Nested
    class Gradients {

        @Test
        void areTheMostWhereActivationsAreFew() {
            Economy checkpointing = PLAIN.withGradientCheckpointing();
            MemoryEstimate estimate = estimate(Method.DREAMBOOTH, Compute.FP32, checkpointing);

            assertThat(estimate.backward()).isBetween(4 * 860 * MILLION, 5 * 860 * MILLION);
        }

        @Test
        void ofSeveralPassesStandBesideTheirSum() {
            Economy accumulating = new Economy(1, 4, false, OptimizerKind.ADAMW, false);

            assertThat(estimate(Method.DREAMBOOTH, Compute.FP32, accumulating).backward()
                            - estimate(Method.DREAMBOOTH, Compute.FP32, PLAIN).backward())
                    .isEqualTo(4 * 860 * MILLION);
        }
    }

    @Nested
    class Peak {

        @Test
        void isOfTheWorkThatTakesMost() {
            MemoryEstimate training = new MemoryEstimate(1, 10, 100, 5000, 2000, 3000);
            MemoryEstimate drawing = new MemoryEstimate(1, 10, 100, 1000, 2000, 2050);
            MemoryEstimate encoding = new MemoryEstimate(1, 10, 100, 1000, 2000, 3000);

            assertThat(training.peak()).isEqualTo(5111);
            assertThat(drawing.peak()).isEqualTo(2111);
            assertThat(encoding.peak()).isEqualTo(3011);
        }

        @Test
        void ofFullTrainingInFullPrecisionIsAboutSeventeenGigabytes() {
            MemoryPlan plan = plan(run(Method.DREAMBOOTH, false, Compute.FP32), PLAIN.withGradientCheckpointing());

            assertThat(plan.peak() / 1e9).isCloseTo(17, within(0.15 * 17));
        }
    }

    @Nested
    class SteppingDown {

        private final Economy rich = new Economy(4, 2, false, OptimizerKind.ADAMW, true);
        private final MemoryPlan wanted = plan(run(Method.DREAMBOOTH, true, Compute.FP32), rich);

        @Test
        void changesNothingWhereThePlanFits() {
            Fit fit = wanted.fit(wanted.peak());

            assertThat(fit).isInstanceOf(Fit.Fits.class);
            assertThat(fit.plan()).isEqualTo(wanted);
            assertThat(fit.changes()).isEmpty();
        }

        @Test
        void goesInTheOrderOfTheDesign() {
            Fit fit = wanted.fit(0);

            assertThat(fit.changes())
                    .containsExactly(
                            Change.GRADIENT_CHECKPOINTING,
                            Change.BATCH_OF_ONE,
                            Change.EIGHT_BIT_OPTIMIZER,
                            Change.FROZEN_TEXT);
            assertThat(fit.plan().economy()).isEqualTo(new Economy(1, 8, true, OptimizerKind.ADAMW_8BIT, false));
        }

        @Test
        void stopsAtTheFirstPlanThatFits() {
            MemoryPlan checkpointing = wanted.smaller().orElseThrow().plan();
            MemoryPlan one = checkpointing.smaller().orElseThrow().plan();

            assertThat(wanted.fit(wanted.peak() - 1).changes()).containsExactly(Change.GRADIENT_CHECKPOINTING);
            Fit fit = wanted.fit(checkpointing.peak() - 1);
            assertThat(fit).isInstanceOf(Fit.Fits.class);
            assertThat(fit.changes()).containsExactly(Change.GRADIENT_CHECKPOINTING, Change.BATCH_OF_ONE);
            assertThat(fit.plan()).isEqualTo(one);
            assertThat(fit.peak()).isEqualTo(one.peak()).isLessThanOrEqualTo(fit.available());
        }

        @Test
        void refusesWithTheNumbersWhatDoesNotFitAtAll() {
            Fit fit = wanted.fit(1L << 30);

            assertThat(fit).isInstanceOf(Fit.Refused.class);
            assertThat(fit.available()).isEqualTo(1L << 30);
            assertThat(fit.peak()).isEqualTo(fit.plan().peak()).isGreaterThan(fit.available());
            assertThat(fit.plan().smaller()).isEmpty();
        }

        @Test
        void keepsPicturesToAStep() {
            Economy one = Change.BATCH_OF_ONE.apply(rich).orElseThrow();

            assertThat(one.batchSize()).isEqualTo(1);
            assertThat(one.gradientAccumulation()).isEqualTo(8);
        }

        @Test
        void leavesOutWhatIsSoAlready() {
            Economy thrifty = new Economy(1, 1, true, OptimizerKind.ADAFACTOR, false);

            for (Change change : Change.values()) {
                assertThat(change.apply(thrifty)).as(change.name()).isEmpty();
            }
        }

        @Test
        void leavesOutWhatSavesNothing() {
            Economy text = new Economy(1, 1, false, OptimizerKind.ADAMW, true);
            Fit fit = plan(run(Method.TEXTUAL_INVERSION, false, Compute.FP32), text)
                    .fit(0);

            assertThat(fit.changes()).containsExactly(Change.GRADIENT_CHECKPOINTING);
        }

        @Test
        void doesNotAccumulateWhereASecondSetOfGradientsCostsMoreThanItSaves() {
            MemoryPlan pair = plan(
                    run(Method.DREAMBOOTH, false, Compute.FP32), new Economy(2, 1, true, OptimizerKind.ADAMW, false));

            assertThat(pair.fit(0).changes()).containsExactly(Change.EIGHT_BIT_OPTIMIZER);
        }

        @ParameterizedTest
        @EnumSource(Method.class)
        void alwaysEndsSmallerThanItBegan(Method method) {
            MemoryPlan plan = plan(run(method, true, Compute.BF16), rich);

            assertThat(plan.fit(0).peak()).isLessThan(plan.peak());
        }
    }
}
