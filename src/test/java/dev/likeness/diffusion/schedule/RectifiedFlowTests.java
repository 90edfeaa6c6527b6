package dev.likeness.diffusion.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RectifiedFlowTests {

    private static final FlowSettings SETTINGS = FlowSettings.STABLE_DIFFUSION_3;
    private static final float[] CLEAN = {1, -2};
    private static final float[] NOISE = {0.5f, 3};

    private final RectifiedFlow process = flow(SETTINGS);

    @Test
    void mixesLinearlyAndAimsAtTheVelocity() {
        assertThat(process.mix(CLEAN, NOISE, 0.25)).containsExactly(0.875f, -0.75f);
        assertThat(process.mix(CLEAN, NOISE, 1)).containsExactly(NOISE);
        assertThat(process.target(CLEAN, NOISE, 0.25)).containsExactly(-0.5f, 5);
        assertThat(process.timestep(0.25)).isEqualTo(250);
    }

    /** The velocity of one clean sample is (x - x_0) / sigma: its paths are straight, and Euler's method is exact. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 28, 1000})
    void integratesAStraightFlowExactly(int steps) {
        FlowEulerSolver solver = (FlowEulerSolver) process.solver(Sampler.EULER, steps, 0, 64);
        float[] sample = NOISE.clone();

        for (int i = 0; i < steps; i++) {
            double sigma = solver.timesteps()[i] / 1000;
            float[] velocity = Elementwise.of(solver.scaleInput(i, sample), CLEAN, (x, x0) -> (x - x0) / sigma);
            sample = solver.step(i, velocity, sample, NoNoise.SOURCE);
            assertThat(sample).containsExactly(process.mix(CLEAN, NOISE, solver.sigmas()[i + 1]), offset(2e-5f));
        }

        assertThat(solver.initNoiseSigma()).isEqualTo(1);
        assertThat(sample).containsExactly(CLEAN, offset(2e-5f));
    }

    @ParameterizedTest
    @EnumSource
    void visitsFallingLevelsFromPureNoise(FlowGrid grid) {
        RectifiedFlow flow = flow(new FlowSettings(grid, 4, SETTINGS.density(), SETTINGS.weighting()));

        for (int steps : new int[] {1, 2, 30, 999, 1000}) {
            double[] sigmas = ((FlowEulerSolver) flow.solver(Sampler.EULER, steps, 0, 64)).sigmas();
            assertThat(sigmas).hasSize(steps + 1).startsWith(1).endsWith(0);
            assertThat(Arrays.stream(sigmas).map(sigma -> -sigma).toArray())
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void shiftsMoreForLargerImages() {
        RectifiedFlow flow = new RectifiedFlow(
                FlowConfig.from(Map.of("_class_name", SchedulerClass.FLOW, "use_dynamic_shifting", true)), SETTINGS);

        assertThat(flow.solver(Sampler.EULER, 4, 0, 4 * 4096).timesteps()[1])
                .isGreaterThan(flow.solver(Sampler.EULER, 4, 0, 4 * 256).timesteps()[1] + 50);
        assertThat(process.solver(Sampler.EULER, 4, 0, 4 * 4096).timesteps())
                .isEqualTo(process.solver(Sampler.EULER, 4, 0, 4 * 256).timesteps());
    }

    @Test
    void drawsMediumLevelsMostOften() {
        double[] drawn = draw(new FlowDensity.LogitNormal(0, 1));
        double[] uniform = draw(new FlowDensity.Uniform());

        // The shares of a standard normal within logit(3/4), and of a uniform number in the middle half.
        assertThat(shareOfMiddleHalf(drawn)).isCloseTo(0.728, offset(0.02));
        assertThat(shareOfMiddleHalf(uniform)).isCloseTo(0.5, offset(0.02));
        assertThat(Arrays.stream(drawn)).allMatch(sigma -> sigma > 0 && sigma <= 1);
        assertThat(draw(new FlowDensity.LogitNormal(0, 1))).isEqualTo(drawn);
        assertThat(draw(new FlowDensity.LogitNormal(0, 1e9))).containsOnly(1, (float) 0.001);
    }

    private static double shareOfMiddleHalf(double[] sigmas) {
        return Arrays.stream(sigmas).filter(it -> it > 0.25 && it <= 0.75).count() / (double) sigmas.length;
    }

    private static double[] draw(FlowDensity density) {
        RectifiedFlow flow =
                new RectifiedFlow(new FlowConfig(1000, 1, null), SETTINGS.with(density, FlowWeighting.NONE));
        RandomDraws draws = new RandomDraws(3);
        return IntStream.range(0, 4000)
                .mapToDouble(step -> flow.drawTime(draws, step, 1))
                .toArray();
    }

    @ParameterizedTest
    @CsvSource({"NONE, 1", "SIGMA_SQRT, 16", "COSMAP, 1.0185916"})
    void weighsByTheNoiseLevel(FlowWeighting weighting, double expected) {
        RectifiedFlow flow = flow(SETTINGS.with(SETTINGS.density(), weighting));

        assertThat(flow.lossWeight(0.25, null)).isCloseTo(expected, offset(1e-6));
        // The squared error of the clean sample, times SNR 9 or gamma.
        assertThat(flow.lossWeight(0.25, 20d)).isEqualTo(9 / 16d);
        assertThat(flow.lossWeight(0.25, 5d)).isEqualTo(5 / 16d);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EULER")
    void refusesOtherSamplersAndNamesItsOwn(Sampler sampler) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> process.solver(sampler, 4, 0, 64))
                .withMessage("the model is a rectified flow, which only the sampler euler supports; choose euler");
    }

    @Test
    void refusesNumbersOfStepsThatTrainingHasNoLevelsFor() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> process.solver(Sampler.EULER, 0, 0, 64))
                .withMessage("0 steps of 1000 timesteps");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> process.solver(Sampler.EULER, 1001, 0, 64))
                .withMessage("1001 steps of 1000 timesteps");
    }

    @Test
    void takesEachStepOnceAndInOrder() {
        Solver solver = process.solver(Sampler.EULER, 3, 0, 64);

        assertThatIllegalStateException()
                .isThrownBy(() -> solver.step(1, CLEAN, NOISE, NoNoise.SOURCE))
                .withMessage("step 1 where step 0 was due");
    }

    private static RectifiedFlow flow(FlowSettings settings) {
        return new RectifiedFlow(FlowConfig.from(Map.of("_class_name", SchedulerClass.FLOW, "shift", 3)), settings);
    }
}
