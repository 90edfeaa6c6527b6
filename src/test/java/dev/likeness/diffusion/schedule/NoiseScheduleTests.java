package dev.likeness.diffusion.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schedules compared with values computed in Python's double precision from the papers' formulas. */
class NoiseScheduleTests {

    private static NoiseSchedule schedule(String betas, String prediction) {
        return NoiseSchedule.of(SchedulerConfig.from(Map.of(
                "beta_schedule", betas, "beta_start", 0.00085, "beta_end", 0.012, "prediction_type", prediction)));
    }

    /** Each results in an alpha-bar that is NaN, negative or above 1, or does not decrease. */
    @ParameterizedTest
    @CsvSource({
        "linear, 1e-4, NaN, false",
        "linear, 1e-4, Infinity, false",
        "linear, NaN, 0.02, false",
        "linear, 1e-4, 1.5, false",
        "linear, -0.1, 0.02, false",
        "linear, 0, 0, false",
        "linear, 0, 0, true",
        "linear, 0, 0.02, false",
        "linear, 0.9, 0.9, false",
        "scaled_linear, -0.1, 0.02, false",
        "scaled_linear, 1e-4, -0.02, false",
        "scaled_linear, 1e-4, 1.5, true",
    })
    void refusesBetasThatMakeNoSchedule(String schedule, double start, double end, boolean zeroTerminalSnr) {
        SchedulerConfig config = SchedulerConfig.from(Map.of(
                "beta_schedule",
                schedule,
                "beta_start",
                start,
                "beta_end",
                end,
                "rescale_betas_zero_snr",
                zeroTerminalSnr,
                "prediction_type",
                "v_prediction"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> NoiseSchedule.of(config))
                .withMessageContaining("beta_start %s, beta_end %s, beta_schedule %s", start, end, schedule);
    }

    /** The schedules of the published families, and of models trained from them. */
    @ParameterizedTest
    @CsvSource({
        "linear, 1e-4, 0.02, false, 1000",
        "scaled_linear, 0.00085, 0.012, false, 1000",
        "scaled_linear, 0.00085, 0.012, true, 1000",
        "scaled_linear, 0.00085, 0.014, false, 1000",
        "squaredcos_cap_v2, 1e-4, 0.02, false, 1000",
        "squaredcos_cap_v2, 1e-4, 0.02, true, 1000",
        "squaredcos_cap_v2, 1e-4, 0.02, false, 4000",
        "linear, 1e-4, 0.02, false, 2",
    })
    void takesPublishedSchedules(String schedule, double start, double end, boolean zeroTerminalSnr, int timesteps) {
        SchedulerConfig config = SchedulerConfig.from(Map.of(
                "beta_schedule",
                schedule,
                "beta_start",
                start,
                "beta_end",
                end,
                "rescale_betas_zero_snr",
                zeroTerminalSnr,
                "num_train_timesteps",
                timesteps,
                "prediction_type",
                "v_prediction"));

        assertThat(NoiseSchedule.of(config).timesteps()).isEqualTo(timesteps);
    }

    /** Nichol and Dhariwal 2021, equation 17; the last beta is capped at 0.999. */
    @ParameterizedTest
    @CsvSource({
        "0, 0.999958715775178",
        "1, 0.9999125759273678",
        "250, 0.8458879864968832",
        "500, 0.49228517244880304",
        "990, 0.00019671738012480358",
        "999, 2.4287669070348567e-09",
    })
    void followsTheSquaredCosine(int t, double expected) {
        assertThat(schedule("squaredcos_cap_v2", "epsilon").alphaCumprod(t)).isCloseTo(expected, withPercentage(0.01));
    }

    /** Hang et al. 2023, with gamma 5. */
    @ParameterizedTest
    @CsvSource({
        "epsilon, 0, 0.004253615573237339",
        "epsilon, 100, 0.5914434426331733",
        "epsilon, 500, 1",
        "v_prediction, 0, 0.004250000000000087",
        "v_prediction, 100, 0.528882612067203",
        "v_prediction, 500, 0.2763326838229746",
        "v_prediction, 999, 0.004660098513077233",
        "sample, 0, 5",
        "sample, 500, 0.38185044100482407",
    })
    void weighsTimestepsByTheirCappedSignalToNoiseRatio(String prediction, int t, double expected) {
        assertThat(schedule("scaled_linear", prediction).minSnrWeight(t, 5)).isCloseTo(expected, withPercentage(0.01));
    }

    @Test
    void spacesLevelsEvenlyInTheirLogarithm() {
        NoiseLevels levels = new NoiseLevels(schedule("scaled_linear", "epsilon"));

        double[] spread = levels.logLinear(5);

        assertThat(spread).hasSize(5);
        assertThat(spread[0]).isCloseTo(levels.highest(), withPercentage(1e-4));
        assertThat(spread[4]).isCloseTo(levels.lowest(), withPercentage(1e-4));
        double ratio = Math.pow(levels.lowest() / levels.highest(), 0.25);
        for (int i = 1; i < spread.length; i++) {
            assertThat(spread[i] / spread[i - 1]).isCloseTo(ratio, within(1e-5));
        }
    }
}
