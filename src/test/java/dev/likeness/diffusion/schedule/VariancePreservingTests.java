package dev.likeness.diffusion.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VariancePreservingTests {

    private static final SchedulerConfig CONFIG =
            SchedulerConfig.from(Map.of("num_train_timesteps", 10, "prediction_type", "v_prediction"));
    private static final float[] CLEAN = {1, -2};
    private static final float[] NOISE = {0.5f, 3};

    private final NoiseProcess process = new VariancePreserving(CONFIG);
    private final NoiseSchedule schedule = NoiseSchedule.of(CONFIG);

    @Test
    void drawsEveryWholeTimestep() {
        RandomDraws draws = new RandomDraws(1);

        assertThat(IntStream.range(0, 200).mapToDouble(step -> process.drawTime(draws, step, 0)))
                .containsOnly(0d, 1d, 2d, 3d, 4d, 5d, 6d, 7d, 8d, 9d);
    }

    @Test
    void mixesAndAimsAsTheScheduleSays() {
        assertThat(process.mix(CLEAN, NOISE, 4)).isEqualTo(schedule.addNoise(CLEAN, NOISE, 4));
        assertThat(process.target(CLEAN, NOISE, 4)).isEqualTo(schedule.target(CLEAN, NOISE, 4));
        assertThat(process.timestep(4)).isEqualTo(4);
    }

    @Test
    void weighsByTheSignalToNoiseRatioWhereThatIsWanted() {
        assertThat(process.lossWeight(3, null)).isEqualTo(1);
        assertThat(process.lossWeight(3, 5.0))
                .isEqualTo(schedule.minSnrWeight(3, 5))
                .isLessThan(1);
    }

    @Test
    void visitsTimestepsOfTheSampler() {
        assertThat(process.solver(Sampler.DDIM, 5, 0, 64).timesteps())
                .isEqualTo(VariancePreserving.solver(CONFIG, Sampler.DDIM, 5, 0).timesteps());
        assertThatIllegalArgumentException().isThrownBy(() -> process.solver(Sampler.DDIM, 11, 0, 64));
    }
}
