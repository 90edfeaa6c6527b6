package dev.likeness.diffusion.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.likeness.diffusion.wire.Wire;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The accuracy of solvers, without diffusers. */
class SolverAccuracyTests {

    private static final double DEVIATION = 0.5;

    /** Excludes PNDM, which extrapolates the outputs themselves, so that their kind matters. */
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "PNDM")
    void doesNotDependOnTheFormOfTheOutput(Sampler sampler) {
        for (int steps : new int[] {1, 2, 9, 20}) {
            for (String spacing : new String[] {"leading", "linspace", "trailing"}) {
                float[] epsilon = run(sampler, Map.of("timestep_spacing", spacing), steps, Prediction.EPSILON);

                for (Prediction form : new Prediction[] {Prediction.V_PREDICTION, Prediction.SAMPLE}) {
                    float[] other = run(sampler, Map.of("timestep_spacing", spacing), steps, form);
                    for (int i = 0; i < epsilon.length; i++) {
                        assertThat((double) other[i])
                                .as("%s, %d steps %s", form, steps, spacing)
                                .isCloseTo(epsilon[i], within(5e-4 * Math.max(1, Math.abs(epsilon[i]))));
                    }
                }
            }
        }
    }

    /**
     * For normal data with deviation s, the expected x_0 is x s^2 / (s^2 + sigma^2), and the probability-flow equation
     * has the solution x(sigma) proportional to sqrt(s^2 + sigma^2).
     */
    @ParameterizedTest
    @CsvSource({
        "ddim, 100, false, 0.03",
        "euler, 100, false, 0.1",
        "euler, 400, false, 0.03",
        "euler, 100, true, 0.04",
        "dpmpp_2m, 100, false, 0.03",
        "dpmpp_2m, 50, true, 0.003",
        "unipc, 100, false, 0.03",
        "unipc, 50, true, 0.003",
        "lms, 100, false, 0.003",
        "lms, 50, true, 0.003",
        "heun, 100, false, 0.003",
        "heun, 50, true, 0.003",
    })
    void comesNearTheExactSolution(String name, int steps, boolean karras, double tolerance) {
        SchedulerConfig config = config(
                Map.of("timestep_spacing", "linspace", "prediction_type", "sample", "use_karras_sigmas", karras));
        Solver solver = VariancePreserving.solver(config, Wire.named(Sampler.class, name), steps, 0);
        float[] sample = {(float) solver.initNoiseSigma()};
        double highest = new NoiseLevels(NoiseSchedule.of(config)).highest();
        double start = sample[0] * (solver.initNoiseSigma() == 1 ? Math.hypot(1, highest) : 1);
        double exact = start * DEVIATION / Math.hypot(DEVIATION, highest);

        for (int i = 0; i < solver.timesteps().length; i++) {
            double alpha = alpha(solver, config, i);
            double level = Math.sqrt(1 / (alpha * alpha) - 1);
            double x = solver.scaleInput(i, sample)[0] / alpha;
            double clean = x * DEVIATION * DEVIATION / (DEVIATION * DEVIATION + level * level);
            sample = solver.step(i, new float[] {(float) clean}, sample, NoNoise.SOURCE);
        }

        assertThat((double) sample[0]).isCloseTo(exact, within(tolerance * exact));
    }

    @ParameterizedTest
    @CsvSource({"14, false, false", "15, false, true", "14, true, false", "15, true, false"})
    void endsWithTheLowerOrderInShortRunsOrWhenTold(int steps, boolean eulerAtFinal, boolean secondOrder) {
        Map<String, Object> fields = Map.of("final_sigmas_type", "sigma_min", "euler_at_final", eulerAtFinal);
        Map<String, Object> never = Map.of("final_sigmas_type", "sigma_min", "lower_order_final", false);

        float[] told = run(Sampler.DPMPP_2M, fields, steps, Prediction.EPSILON);
        float[] highest = run(Sampler.DPMPP_2M, never, steps, Prediction.EPSILON);

        if (secondOrder) {
            assertThat(told).isEqualTo(highest);
        } else {
            assertThat(told).isNotEqualTo(highest);
        }
    }

    @ParameterizedTest
    @CsvSource({"euler", "euler_karras", "dpmpp_2m", "dpmpp_2m_karras", "dpmpp_2m_sde_karras", "unipc"})
    void endsAtTheLowestLevelWhenTold(String name) {
        SchedulerConfig config = config(Map.of("final_sigmas_type", "sigma_min", "prediction_type", "sample"));
        double lowest = new NoiseLevels(NoiseSchedule.of(config)).lowest();
        Solver solver = VariancePreserving.solver(config, Wire.named(Sampler.class, name), 8, 0);
        float[] sample = {(float) solver.initNoiseSigma()};
        for (int i = 0; i < 8; i++) {
            sample = solver.step(i, new float[1], sample, (index, length) -> new float[length]);
        }

        double left = name.contains("sde") ? 0 : solver.initNoiseSigma() == 1 ? lowest / Math.hypot(1, lowest) : lowest;
        assertThat((double) sample[0]).isCloseTo(left, within(2e-3));
        assertThat(sample[0]).isNotZero();
    }

    @ParameterizedTest
    @EnumSource
    void interpolatesNoNaNs(Sampler sampler) {
        for (int steps : new int[] {1, 2, 100, 499}) {
            float[] end = run(sampler, Map.of("lower_order_final", false), steps, Prediction.EPSILON);
            assertThat(end[0]).as("%d steps", steps).isFinite();
        }
    }

    /** A run with a network that depends on sample and timestep, independent of the kind of its output. */
    private static float[] run(Sampler sampler, Map<String, Object> fields, int steps, Prediction form) {
        Map<String, Object> all = new HashMap<>(fields);
        all.put("prediction_type", form.name());
        SchedulerConfig config = config(all);
        Solver solver = VariancePreserving.solver(config, sampler, steps, 0);
        float[] sample = {0.7f, -1.1f};
        for (int k = 0; k < sample.length; k++) {
            sample[k] *= (float) solver.initNoiseSigma();
        }
        for (int i = 0; i < solver.timesteps().length; i++) {
            double t = solver.timesteps()[i];
            double alpha = alpha(solver, config, i);
            double sigma = Math.sqrt(1 - alpha * alpha);
            float[] output = Elementwise.of(solver.scaleInput(i, sample), sample, (x, any) -> {
                double epsilon = 0.3 * x + 0.5 * Math.sin(2 * x + t / 300);
                return form.target((x - sigma * epsilon) / alpha, epsilon, alpha, sigma);
            });
            sample = solver.step(i, output, sample, (index, length) -> new float[] {0.2f, -0.4f});
        }
        return sample;
    }

    /** The clean sample's factor in the network's input. */
    private static double alpha(Solver solver, SchedulerConfig config, int index) {
        if (solver instanceof SigmaSolver it) {
            return 1 / Math.hypot(it.sigma(index), 1);
        }
        if (solver instanceof LogSnrSolver it) {
            return it.alpha(index);
        }
        return NoiseSchedule.of(config).alpha((int) solver.timesteps()[index]);
    }

    /** The configuration of Stable Diffusion with changed fields. */
    private static SchedulerConfig config(Map<String, Object> fields) {
        Map<String, Object> all = new HashMap<>(
                Map.of("beta_schedule", "scaled_linear", "beta_start", 0.00085, "beta_end", 0.012, "steps_offset", 1));
        all.putAll(fields);
        return SchedulerConfig.from(all);
    }
}
