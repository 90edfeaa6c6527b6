package dev.likeness.diffusion.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.data.Offset.offset;

import dev.likeness.diffusion.wire.Wire;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplerTests {

    /** Samplers whose steps must be in order. */
    static final Set<Sampler> ORDERED = EnumSet.complementOf(EnumSet.of(Sampler.DDIM, Sampler.PNDM, Sampler.DDPM));

    private static final Set<Sampler> STOCHASTIC =
            EnumSet.of(Sampler.DDPM, Sampler.EULER_ANCESTRAL, Sampler.DPMPP_2M_SDE_KARRAS);

    /** Stored jobs have these names. */
    @Test
    void keepsTheNamesOfRequests() {
        assertThat(Wire.names(Sampler.class))
                .doesNotHaveDuplicates()
                .contains(
                        "ddim",
                        "pndm",
                        "ddpm",
                        "euler",
                        "euler_karras",
                        "euler_ancestral",
                        "dpmpp_2m",
                        "dpmpp_2m_karras",
                        "dpmpp_2m_sde_karras",
                        "unipc",
                        "lms",
                        "heun");
    }

    @ParameterizedTest
    @EnumSource
    void isFoundByItsName(Sampler sampler) {
        assertThat(Wire.named(Sampler.class, sampler.wire())).isSameAs(sampler);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plms", "DDIM", "euler ", ""})
    void refusesAnotherNameTellingAllThereAre(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Wire.named(Sampler.class, name))
                .withMessageStartingWith(name + " is not one of ")
                .satisfies(e -> assertThat(e)
                        .hasMessageContainingAll(Wire.names(Sampler.class).toArray(String[]::new)));
    }

    @ParameterizedTest
    @EnumSource
    void endsAtTheCleanSampleThatANetworkAlwaysAnswers(Sampler sampler) {
        SchedulerConfig config = config(Map.of("prediction_type", "sample", "set_alpha_to_one", true));
        float[] clean = {0.5f, -1.25f, 0.03f};

        for (int steps : new int[] {1, 2, 3, 14, 15, 30, 499}) {
            Solver solver = VariancePreserving.solver(config, sampler, steps, 0);
            float[] sample = {3, -2, 1};
            for (int i = 0; i < solver.timesteps().length; i++) {
                solver.scaleInput(i, sample);
                sample = solver.step(i, clean, sample, SamplerTests::noise);
            }
            assertThat(sample).as("%d steps", steps).containsExactly(clean, offset(1e-3f));
        }
    }

    @ParameterizedTest
    @EnumSource
    void changesNeitherSampleNorOutput(Sampler sampler) {
        Solver solver = VariancePreserving.solver(config(Map.of()), sampler, 6, 0);

        for (int i = 0; i < solver.timesteps().length; i++) {
            float[] sample = {1, 2};
            float[] output = {0.5f, -i};
            solver.scaleInput(i, sample);
            solver.step(i, output, sample, SamplerTests::noise);
            assertThat(sample).containsExactly(1, 2);
            assertThat(output).containsExactly(0.5f, -i);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsNothingOfWhatItWasGiven(Sampler sampler) {
        float[] kept = {0};
        float[] spoilt = {0};
        Solver first = VariancePreserving.solver(config(Map.of()), sampler, 6, 0);
        Solver second = VariancePreserving.solver(config(Map.of()), sampler, 6, 0);

        for (int i = 0; i < first.timesteps().length; i++) {
            float[] output = {0.1f * i};
            float[] sample = spoilt.clone();
            kept = first.step(i, new float[] {0.1f * i}, kept, SamplerTests::noise);
            spoilt = second.step(i, output, sample, SamplerTests::noise);
            output[0] = Float.NaN;
            sample[0] = Float.NaN;
        }

        assertThat(spoilt).isEqualTo(kept);
    }

    @ParameterizedTest
    @EnumSource
    void drawsNoiseOnlyIfItIsOfThatKind(Sampler sampler) {
        Solver solver = VariancePreserving.solver(config(Map.of()), sampler, 5, 0);

        if (STOCHASTIC.contains(sampler)) {
            assertThatIllegalStateException().isThrownBy(() -> run(solver, NoNoise.SOURCE));
        } else {
            assertThat(run(solver, NoNoise.SOURCE)).hasSize(1);
        }
    }

    @ParameterizedTest
    @FieldSource("ORDERED")
    void takesEachStepOnceAndInOrder(Sampler sampler) {
        Solver solver = VariancePreserving.solver(config(Map.of()), sampler, 3, 0);

        assertThatIllegalStateException()
                .isThrownBy(() -> solver.step(1, new float[1], new float[1], SamplerTests::noise))
                .withMessage("step 1 where step 0 was due");
        run(solver, SamplerTests::noise);
        assertThatIllegalStateException().isThrownBy(() -> run(solver, SamplerTests::noise));
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> solver.step(solver.timesteps().length, new float[1], new float[1], SamplerTests::noise));
    }

    @ParameterizedTest
    @CsvSource({
        "ddim, '', 901, 1",
        "pndm, '', 901, 1",
        "ddpm, '', 901, 1",
        "euler, '', 999, 14.6146",
        "euler_ancestral, '', 999, 14.6146",
        "lms, '', 999, 14.6146",
        "heun, '', 999, 14.6146",
        "dpmpp_2m, '', 999, 1",
        "dpmpp_2m_karras, '', 999, 1",
        "unipc, '', 999, 1",
        "ddim, linspace, 999, 1",
        "euler, leading, 901, 8.4501",
        "lms, leading, 901, 8.4501",
        "heun, trailing, 999, 14.6146",
        "dpmpp_2m, leading, 901, 1",
        "unipc, leading, 901, 1",
        "unipc, trailing, 999, 1",
        "dpmpp_2m_karras, leading, 999, 1",
    })
    void startsWhereTheFilesSpacingSaysOrElseItsOwn(String name, String spacing, double first, double sigma) {
        SchedulerConfig config =
                config(spacing.isEmpty() ? Map.of() : Map.of("timestep_spacing", spacing, "use_karras_sigmas", false));

        Solver solver = VariancePreserving.solver(config, Wire.named(Sampler.class, name), 10, 0);

        assertThat(solver.timesteps()[0]).isEqualTo(first);
        assertThat(solver.initNoiseSigma()).isCloseTo(sigma, offset(1e-3));
    }

    @ParameterizedTest
    @CsvSource({"euler, euler_karras", "dpmpp_2m, dpmpp_2m_karras"})
    void followsTheFileInWhatItsNameDoesNotSay(String plain, String karras) {
        SchedulerConfig config = config(Map.of("use_karras_sigmas", true));

        assertThat(VariancePreserving.solver(config, Wire.named(Sampler.class, plain), 8, 0)
                        .timesteps())
                .isEqualTo(VariancePreserving.solver(config(Map.of()), Wire.named(Sampler.class, karras), 8, 0)
                        .timesteps())
                .isNotEqualTo(VariancePreserving.solver(config(Map.of()), Wire.named(Sampler.class, plain), 8, 0)
                        .timesteps());
    }

    @Test
    void doesWhatItsNameSaysWhateverTheFileSays() {
        SchedulerConfig config = config(Map.of("algorithm_type", "sde-dpmsolver++", "solver_order", 3));

        assertThat(run(VariancePreserving.solver(config, Sampler.DPMPP_2M, 8, 0), NoNoise.SOURCE))
                .isEqualTo(run(VariancePreserving.solver(config(Map.of()), Sampler.DPMPP_2M, 8, 0), NoNoise.SOURCE));
    }

    @Test
    void heunAsksTheNetworkTwiceInAllStepsButTheLast() {
        assertThat(VariancePreserving.solver(config(Map.of("timestep_spacing", "leading")), Sampler.HEUN, 4, 0)
                        .timesteps())
                .containsExactly(751, 501, 501, 251, 251, 1, 1);
        assertThat(VariancePreserving.solver(config(Map.of()), Sampler.HEUN, 1, 0)
                        .timesteps())
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void refusesMoreStepsThanThereAreTimesteps(Sampler sampler) {
        SchedulerConfig config = config(Map.of("num_train_timesteps", 20));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> VariancePreserving.solver(config, sampler, 0, 0))
                .withMessageStartingWith("0 steps");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VariancePreserving.solver(config, sampler, 21, 0))
                .withMessageStartingWith("21 steps of 20");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ddim", "pndm", "ddpm", "euler", "lms", "heun", "dpmpp_2m", "unipc"})
    void refusesTimestepsBeyondTheLast(String name) {
        SchedulerConfig config = config(Map.of("timestep_spacing", "leading", "steps_offset", 400));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> VariancePreserving.solver(config, Wire.named(Sampler.class, name), 10, 0))
                .withMessageContaining("steps_offset 400");
    }

    static Stream<Arguments> refusals() {
        String dpm = "dpmpp_2m dpmpp_2m_karras dpmpp_2m_sde_karras";
        return Stream.of(
                refusal(Map.of("use_exponential_sigmas", true), "euler euler_karras lms heun unipc " + dpm),
                refusal(Map.of("use_beta_sigmas", true), "euler euler_karras lms heun unipc " + dpm),
                refusal(Map.of("use_lu_lambdas", true), "dpmpp_2m"),
                refusal(Map.of("lambda_min_clipped", Double.NEGATIVE_INFINITY), ""),
                refusal(Map.of("thresholding", true), "ddim ddpm unipc " + dpm),
                refusal(Map.of("timestep_type", "continuous"), ""),
                refusal(Map.of("solver_type", "heun"), dpm),
                refusal(Map.of("solver_type", "bh1"), "unipc"),
                refusal(Map.of("solver_type", "bh2"), ""),
                refusal(Map.of("solver_order", 3), "unipc"),
                refusal(Map.of("predict_x0", false), "unipc"),
                refusal(Map.of("disable_corrector", List.of(0)), "unipc"),
                refusal(Map.of("disable_corrector", List.of()), ""),
                refusal(Map.of("variance_type", "learned"), "ddpm " + dpm),
                refusal(Map.of("variance_type", "fixed_large"), "ddpm"),
                refusal(Map.of("variance_type", "fixed_small"), ""),
                refusal(Map.of("skip_prk_steps", false), "pndm"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesWhatIsNotBuiltWhereItWouldMatterAndOnlyThere(Map<String, Object> fields, Set<String> refusing) {
        SchedulerConfig config = config(fields);

        for (Sampler sampler : Sampler.values()) {
            if (refusing.contains(sampler.wire())) {
                assertThatIllegalArgumentException()
                        .as(sampler.wire())
                        .isThrownBy(() -> VariancePreserving.solver(config, sampler, 5, 0))
                        .withMessageMatching("(%s): .* is not supported".formatted(String.join("|", fields.keySet())));
            } else {
                assertThat(run(VariancePreserving.solver(config, sampler, 5, 0), SamplerTests::noise)[0])
                        .as(sampler.wire())
                        .isFinite();
            }
        }
    }

    private static Arguments refusal(Map<String, Object> fields, String samplers) {
        return Arguments.of(
                fields,
                Arrays.stream(samplers.split(" ")).filter(it -> !it.isEmpty()).collect(Collectors.toSet()));
    }

    /** The configuration of Stable Diffusion with changed fields. */
    private static SchedulerConfig config(Map<String, Object> fields) {
        Map<String, Object> all = new HashMap<>(
                Map.of("beta_schedule", "scaled_linear", "beta_start", 0.00085, "beta_end", 0.012, "steps_offset", 1));
        all.putAll(fields);
        return SchedulerConfig.from(all);
    }

    private static float[] run(Solver solver, NoiseSource noise) {
        float[] sample = {(float) solver.initNoiseSigma()};
        for (int i = 0; i < solver.timesteps().length; i++) {
            float[] input = solver.scaleInput(i, sample);
            sample = solver.step(i, new float[] {0.4f * input[0]}, sample, noise);
        }
        return sample;
    }

    private static float[] noise(int index, int length) {
        float[] draws = new float[length];
        Arrays.fill(draws, 0.3f - 0.1f * (index % 5));
        return draws;
    }
}
