package dev.likeness.diffusion.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The noise levels of a run's network calls. */
class NoiseLevelTests {

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"PNDM", "LMS", "HEUN"})
    void fallFromThatOfPureNoise(Sampler sampler) {
        Solver solver = VariancePreserving.solver(config(true), sampler, 10, 0);

        assertThat(solver.noiseLevel(0)).isEqualTo(4096);
        falls(solver);
    }

    @ParameterizedTest
    @EnumSource
    void fallFromTheHighestOfTheSchedule(Sampler sampler) {
        Solver solver = VariancePreserving.solver(config(false), sampler, 10, 0);

        assertThat(solver.noiseLevel(0)).isBetween(14.0, 15.0);
        falls(solver);
    }

    private static SchedulerConfig config(boolean zeroTerminalSnr) {
        return SchedulerConfig.from(Map.of(
                "beta_schedule",
                "scaled_linear",
                "beta_start",
                0.00085,
                "beta_end",
                0.012,
                "rescale_betas_zero_snr",
                zeroTerminalSnr,
                "timestep_spacing",
                "trailing",
                "prediction_type",
                "v_prediction"));
    }

    private static void falls(Solver solver) {
        for (int i = 1; i < solver.timesteps().length; i++) {
            assertThat(solver.noiseLevel(i)).isPositive().isLessThanOrEqualTo(solver.noiseLevel(i - 1));
        }
    }

    /** A flow's sample at sigma is that of x + n * sigma / (1 - sigma), times 1 - sigma. */
    @Test
    void ofAFlowAreThoseOfNoiseBesideAWholeSample() {
        FlowEulerSolver solver = new FlowEulerSolver(
                new SigmaGrid(new double[] {1000, 750, 500, 200}, new double[] {1, 0.75, 0.5, 0.2, 0}));

        assertThat(solver.noiseLevel(0)).isEqualTo(4096);
        assertThat(solver.noiseLevel(1)).isCloseTo(3, within(1e-9));
        assertThat(solver.noiseLevel(2)).isCloseTo(1, within(1e-9));
        assertThat(solver.noiseLevel(3)).isCloseTo(0.25, within(1e-9));
    }
}
