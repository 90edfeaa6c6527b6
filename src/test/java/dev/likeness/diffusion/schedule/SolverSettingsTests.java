package dev.likeness.diffusion.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.likeness.diffusion.wire.Wire;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Refusals by solvers, and two settings that change results. */
class SolverSettingsTests {

    private static final int STEPS = 4;

    private static Solver solver(String sampler, Map<String, ?> fields) {
        return VariancePreserving.solver(SchedulerConfig.from(fields), Wire.named(Sampler.class, sampler), STEPS, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"euler", "heun", "lms", "dpmpp_2m", "unipc"})
    void refusesToTakeStepsOutOfOrder(String sampler) {
        Solver solver = solver(sampler, Map.of());
        float[] one = {1};
        solver.step(0, one, one, NoNoise.SOURCE);

        assertThatIllegalStateException()
                .isThrownBy(() -> solver.step(0, one, one, NoNoise.SOURCE))
                .withMessage("step 0 where step 1 was due");
    }

    @ParameterizedTest
    @CsvSource({"0", "1001"})
    void refusesRunsLongerThanTheSchedule(int steps) {
        SchedulerConfig karras = SchedulerConfig.from(Map.of("use_karras_sigmas", true));

        for (String sampler : List.of("ddim", "euler", "dpmpp_2m", "unipc")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> VariancePreserving.solver(karras, Wire.named(Sampler.class, sampler), steps, 0))
                    .withMessageContaining("%d steps of 1000 timesteps".formatted(steps));
        }
    }

    @Test
    void refusesArraysThatDoNotGoTogether() {
        assertThatIllegalArgumentException().isThrownBy(() -> Elementwise.of(new float[2], new float[3], Double::sum));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Elementwise.sum(new double[] {1, 1}, List.of(new float[2], new float[3])));
    }

    /** Euler's first step from x along (x - x_0) / sigma, with x_0 = x - sigma * epsilon clipped to the range. */
    @Test
    void clipsTheCleanSampleOfHeunsDerivative() {
        SchedulerConfig config = SchedulerConfig.from(Map.of("clip_sample", true, "clip_sample_range", 2));
        HeunSolver solver = new HeunSolver(config, STEPS);
        double from = solver.sigma(0);
        double to = solver.sigma(1);
        float[] sample = {(float) from, 1};

        float[] next = solver.step(0, new float[] {0.5f, 1 / (float) from}, sample, NoNoise.SOURCE);

        // The clean sample of the first value is sigma / 2, far above 2; that of the second is 0 and stays 0.
        assertThat((double) next[0]).isCloseTo(from + (to - from) * (from - 2) / from, within(1e-4));
        assertThat((double) next[1]).isCloseTo(to / from, within(1e-4));
    }

    @Test
    void spreadsEulersLevelsByTheirLogarithmWhenTold() {
        EulerSolver solver = new EulerSolver(SchedulerConfig.from(Map.of("interpolation_type", "log_linear")), STEPS);

        for (int i = 1; i < STEPS; i++) {
            assertThat(solver.sigma(i + 1) / solver.sigma(i))
                    .isCloseTo(solver.sigma(i) / solver.sigma(i - 1), within(1e-4));
        }
    }
}
