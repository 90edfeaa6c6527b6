package dev.likeness.diffusion.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.diffusion.graph.Precision;
import dev.likeness.diffusion.method.MethodType;
import dev.likeness.diffusion.method.TestMethodSettings;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which memory savings make a plan fit. */
class MemorySavingTests extends MemoryPlanTest {

    private final MemoryOptions rich = new MemoryOptions(4, 2, false, OptimizerKind.ADAMW, true, 16);

    private final MemoryPlan wanted = plan(run(DREAMBOOTH, 1, Precision.FP32), rich);

    @Test
    void changesNothingWhereThePlanFits() {
        Fit fit = wanted.fit(wanted.peak(), ALL);

        assertThat(fit).isInstanceOf(Fit.Fits.class);
        assertThat(fit.plan()).isEqualTo(wanted);
        assertThat(fit.savings()).isEmpty();
    }

    @Test
    void goesInTheOrderOfTheDesign() {
        Fit fit = wanted.fit(0, ALL);

        assertThat(fit.savings())
                .containsExactly(
                        MemorySaving.GRADIENT_CHECKPOINTING,
                        MemorySaving.BATCH_OF_ONE,
                        MemorySaving.EIGHT_BIT_OPTIMIZER,
                        MemorySaving.FROZEN_TEXT);
        assertThat(fit.plan().options()).isEqualTo(new MemoryOptions(1, 8, true, OptimizerKind.ADAMW_8BIT, false, 16));
    }

    @Test
    void stopsAtTheFirstPlanThatFits() {
        MemoryPlan checkpointing =
                wanted.smaller(ALL, MemoryEstimate::peak).orElseThrow().plan();
        MemoryPlan one =
                checkpointing.smaller(ALL, MemoryEstimate::peak).orElseThrow().plan();

        assertThat(wanted.fit(wanted.peak() - 1, ALL).savings()).containsExactly(MemorySaving.GRADIENT_CHECKPOINTING);
        Fit fit = wanted.fit(checkpointing.peak() - 1, ALL);
        assertThat(fit).isInstanceOf(Fit.Fits.class);
        assertThat(fit.savings()).containsExactly(MemorySaving.GRADIENT_CHECKPOINTING, MemorySaving.BATCH_OF_ONE);
        assertThat(fit.plan()).isEqualTo(one);
        assertThat(fit.peak()).isEqualTo(one.peak()).isLessThanOrEqualTo(fit.available());
    }

    @Test
    void refusesWithTheNumbersWhatDoesNotFitAtAll() {
        Fit fit = wanted.fit(1L << 30, ALL);

        assertThat(fit).isInstanceOf(Fit.Refused.class);
        assertThat(fit.available()).isEqualTo(1L << 30);
        assertThat(fit.peak()).isEqualTo(fit.plan().peak()).isGreaterThan(fit.available());
        assertThat(fit.plan().smaller(ALL, MemoryEstimate::peak)).isEmpty();
    }

    @Test
    void keepsPicturesToAStep() {
        MemoryOptions one = MemorySaving.BATCH_OF_ONE.apply(rich).orElseThrow();

        assertThat(one.batchSize()).isEqualTo(1);
        assertThat(one.gradientAccumulation()).isEqualTo(8);
    }

    @Test
    void leavesOutWhatIsSoAlready() {
        MemoryOptions thrifty = new MemoryOptions(1, 1, true, OptimizerKind.ADAFACTOR, false, 1);

        for (MemorySaving change : MemorySaving.values()) {
            assertThat(change.apply(thrifty)).as(change.name()).isEmpty();
        }
    }

    @Test
    void leavesOutWhatSavesNothing() {
        MemoryOptions learning = new MemoryOptions(1, 1, false, OptimizerKind.ADAMW, true, 16);
        Fit fit = plan(run(INVERSION, 0, Precision.FP32), learning).fit(0, ALL);

        assertThat(fit.savings()).containsExactly(MemorySaving.GRADIENT_CHECKPOINTING);
    }

    @Test
    void doesNotAccumulateWhereASecondSetOfGradientsCostsMoreThanItSaves() {
        MemoryPlan pair =
                plan(run(DREAMBOOTH, 0, Precision.FP32), new MemoryOptions(2, 1, true, OptimizerKind.ADAMW, false, 16));

        assertThat(pair.fit(0, ALL).savings()).containsExactly(MemorySaving.EIGHT_BIT_OPTIMIZER);
    }

    @ParameterizedTest
    @MethodSource("dev.likeness.diffusion.method.Methods#all")
    void alwaysEndsSmallerThanItBegan(MethodType method) {
        MethodMemory memory = method.memory(TestMethodSettings.ANY);
        MemoryPlan plan = plan(run(memory, 1, Precision.BF16), rich);

        assertThat(plan.fit(0, ALL).peak()).isLessThan(plan.peak());
    }

    @Test
    void leavesAsItIsWhatMayNotChange() {
        Fit fit = wanted.fit(0, EnumSet.of(MemorySaving.BATCH_OF_ONE, MemorySaving.FROZEN_TEXT));

        assertThat(fit.savings()).containsExactly(MemorySaving.BATCH_OF_ONE, MemorySaving.FROZEN_TEXT);
        assertThat(fit.plan().options().gradientCheckpointing()).isFalse();
        assertThat(fit.plan().options().optimizer()).isEqualTo(OptimizerKind.ADAMW);
    }

    @Test
    void findsWhatMakesOnePartSmallerThatIsNotTheLargest() {
        MemoryPlan plan = plan(drawing(new SamplingLoad(512, 512, 4)), PLAIN);

        assertThat(plan.estimate().training()).isLessThan(plan.peak());
        assertThat(plan.smaller(ALL, MemoryEstimate::training))
                .hasValueSatisfying(step -> assertThat(step.saving()).isEqualTo(MemorySaving.GRADIENT_CHECKPOINTING));
    }
}
