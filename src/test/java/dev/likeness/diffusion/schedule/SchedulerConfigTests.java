package dev.likeness.diffusion.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulerConfigTests {

    @Test
    void fillsInWhatTheFileDoesNotSay() {
        SchedulerConfig config = SchedulerConfig.from(Map.of());

        assertThat(config.trainTimesteps()).isEqualTo(1000);
        assertThat(config.prediction()).isEqualTo(Prediction.EPSILON);
        assertThat(config.spacing()).isNull();
        assertThat(config.setAlphaToOne()).isNull();
        assertThat(config.clip()).isInfinite();
    }

    @ParameterizedTest
    @CsvSource({
        "beta_schedule, sigmoid",
        "prediction_type, flow",
        "timestep_spacing, karras",
        "num_train_timesteps, many",
        "beta_start, none",
        "clip_sample, maybe",
    })
    void refusesAValueItDoesNotUnderstandNamingTheField(String field, String value) {
        assertThatThrownBy(() -> SchedulerConfig.from(Map.of(field, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(field)
                .hasMessageContaining(value);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 0, 1, 1.5, 100_001, 1e10, Double.POSITIVE_INFINITY, Double.NaN})
    void refusesNumbersOfTimestepsThatNoModelHas(double timesteps) {
        assertThatThrownBy(() -> SchedulerConfig.from(Map.of("num_train_timesteps", timesteps)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("num_train_timesteps: %s is not a whole number from 2 to 100000".formatted(timesteps));
    }

    @Test
    void refusesWhatItWouldOtherwiseIgnore() {
        assertThatThrownBy(() -> SchedulerConfig.from(Map.of("use_flow_sigmas", true)))
                .hasMessageStartingWith("use_flow_sigmas");
        assertThatThrownBy(() ->
                        SchedulerConfig.from(Map.of("timestep_type", "continuous", "prediction_type", "v_prediction")))
                .hasMessageStartingWith("timestep_type");
        assertThatThrownBy(() -> SchedulerConfig.from(Map.of("trained_betas", List.of(0.1))))
                .hasMessageStartingWith("trained_betas");
    }

    @Test
    void refusesToPredictNoiseWhereThereIsNothingElse() {
        assertThatThrownBy(() -> SchedulerConfig.from(Map.of("rescale_betas_zero_snr", true)))
                .hasMessageStartingWith("rescale_betas_zero_snr")
                .hasMessageContaining("epsilon");
        assertThat(SchedulerConfig.from(Map.of("rescale_betas_zero_snr", true, "prediction_type", "v_prediction"))
                        .betas()
                        .zeroTerminalSnr())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EDMEulerScheduler",
                "EDMDPMSolverMultistepScheduler",
                "FlowMatchEulerDiscreteScheduler",
                "LCMScheduler",
                "TCDScheduler",
                "CMStochasticIterativeScheduler",
                "ScoreSdeVeScheduler",
                "Mine"
            })
    void refusesAnotherKindOfSchedulerByItsName(String name) {
        assertThatThrownBy(() -> SchedulerConfig.from(Map.of("_class_name", name)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DDIMScheduler",
                "DDPMScheduler",
                "PNDMScheduler",
                "LMSDiscreteScheduler",
                "EulerDiscreteScheduler",
                "EulerAncestralDiscreteScheduler",
                "HeunDiscreteScheduler",
                "DPMSolverMultistepScheduler",
                "DPMSolverSinglestepScheduler",
                "KDPM2DiscreteScheduler",
                "KDPM2AncestralDiscreteScheduler",
                "DEISMultistepScheduler",
                "UniPCMultistepScheduler"
            })
    void takesFilesOfEverySolverOfThisKindOfNoise(String name) {
        assertThat(SchedulerConfig.from(Map.of("_class_name", name)).trainTimesteps())
                .isEqualTo(1000);
    }

    @ParameterizedTest
    @EnumSource(SchedulerConfig.Spacing.class)
    void visitsTimestepsOfTheTrainingScheduleInDescendingOrder(SchedulerConfig.Spacing spacing) {
        SchedulerConfig config = SchedulerConfig.from(Map.of("timestep_spacing", spacing.name()));

        for (int steps : new int[] {1, 2, 30, 333, 1000}) {
            assertThat(Timesteps.descending(config, steps))
                    .hasSize(steps)
                    .doesNotHaveDuplicates()
                    .isSortedAccordingTo((a, b) -> Integer.compare(b, a))
                    .satisfies(t -> assertThat(t[0]).isLessThan(1000))
                    .satisfies(t -> assertThat(t[steps - 1]).isNotNegative());
        }
    }
}
