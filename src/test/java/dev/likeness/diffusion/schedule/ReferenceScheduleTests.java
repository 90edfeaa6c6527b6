package dev.likeness.diffusion.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.likeness.diffusion.tensor.ModelConfig;
import dev.likeness.diffusion.tensor.SafeTensors;
import dev.likeness.diffusion.wire.Wire;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Zero terminal SNR and the fields of DPMSolverMultistep, compared with diffusers; cases.json says how the values were
 * made.
 */
class ReferenceScheduleTests {

    private static final Path FOLDER = folder();
    private static final SafeTensors TENSORS = SafeTensors.open(FOLDER.resolve("tensors.safetensors"));
    private static final JsonNode CASES =
            ModelConfig.tree(FOLDER.resolve("cases.json")).path("cases");
    private static final double TOLERANCE = 1e-4;
    private static final List<String> BELOW_PURE_NOISE = List.of("pndm", "lms", "heun");

    /** Possible error of timesteps that numpy computes from a logarithm in single precision. */
    private static final double ROUNDING = 1e-6;

    @ParameterizedTest
    @MethodSource("cases")
    void samplesAsDiffusersDoes(String name, JsonNode expected) {
        Solver solver = VariancePreserving.solver(
                config(expected),
                Wire.named(Sampler.class, expected.path("sampler").asString()),
                expected.path("steps").asInt(),
                expected.path("eta").asDouble());

        assertThat((float) solver.initNoiseSigma())
                .isEqualTo((float) expected.path("init_noise_sigma").asDouble());
        assertClose(floats(solver.timesteps()), values(name + ".timesteps"), ROUNDING);

        float[] trajectory = values(name + ".trajectory");
        float[] start = values("x_init");
        float[] draws = values("step_noise");
        int length = start.length;
        assertThat(trajectory).hasSize(solver.timesteps().length * length);
        AtomicInteger drawn = new AtomicInteger();
        NoiseSource noise =
                (index, count) -> Arrays.copyOfRange(draws, drawn.get() * length, drawn.incrementAndGet() * length);
        float[] sample = new float[length];
        for (int i = 0; i < length; i++) {
            sample[i] = (float) (start[i] * solver.initNoiseSigma());
        }
        for (int i = 0; i < solver.timesteps().length; i++) {
            float[] output = network(solver.scaleInput(i, sample), solver.timesteps()[i]);
            sample = solver.step(i, output, sample, noise);
            assertClose(sample, Arrays.copyOfRange(trajectory, i * length, (i + 1) * length), TOLERANCE);
        }
    }

    static Stream<Arguments> cases() {
        return CASES.valueStream().map(it -> Arguments.of(it.path("name").asString(), it));
    }

    @Test
    void leavesNothingOfThePictureAtTheLastTimestep() {
        NoiseSchedule schedule = NoiseSchedule.of(config(CASES.get(0)));
        float[] alphasCumprod = new float[schedule.timesteps()];
        for (int t = 0; t < alphasCumprod.length; t++) {
            alphasCumprod[t] = (float) schedule.alphaCumprod(t);
        }

        assertThat(alphasCumprod[999]).isZero();
        assertThat(schedule.minSnrWeight(999, 5)).isZero();
        assertClose(alphasCumprod, values("alphas_cumprod"), ROUNDING);
        int[] timesteps = {0, 500, 998, 999};
        float[] x = values("add.x");
        float[] noise = values("add.noise");
        int length = x.length / timesteps.length;
        for (int i = 0; i < timesteps.length; i++) {
            float[] clean = Arrays.copyOfRange(x, i * length, (i + 1) * length);
            float[] drawn = Arrays.copyOfRange(noise, i * length, (i + 1) * length);
            float[] noisy = Arrays.copyOfRange(values("add.noisy"), i * length, (i + 1) * length);
            float[] velocity = Arrays.copyOfRange(values("add.velocity"), i * length, (i + 1) * length);
            assertClose(schedule.addNoise(clean, drawn, timesteps[i]), noisy, ROUNDING);
            assertClose(schedule.target(clean, drawn, timesteps[i]), velocity, ROUNDING);
        }
    }

    @Test
    void givesSamplersThatDivideByItTheSmallestNumberOfHalfPrecision() {
        SchedulerConfig config = config(CASES.get(0));
        for (String sampler : new String[] {"euler", "euler_karras", "euler_ancestral"}) {
            assertThat((float) VariancePreserving.solver(config, Wire.named(Sampler.class, sampler), 10, 0)
                            .initNoiseSigma())
                    .as(sampler)
                    .isEqualTo(4096);
        }
        for (String sampler : Wire.names(Sampler.class)) {
            if (BELOW_PURE_NOISE.contains(sampler)) {
                continue;
            }
            Solver solver = VariancePreserving.solver(config, Wire.named(Sampler.class, sampler), 10, 0);
            float[] sample = {(float) solver.initNoiseSigma(), 0, (float) -solver.initNoiseSigma()};
            for (int i = 0; i < solver.timesteps().length; i++) {
                float[] output = network(solver.scaleInput(i, sample), solver.timesteps()[i]);
                sample = solver.step(i, output, sample, (index, count) -> new float[] {1, -1, 0.5f});
            }
            for (float value : sample) {
                assertThat(value).as(sampler).isFinite().isBetween(-10f, 10f);
            }
        }
    }

    /** Their classes in diffusers ignore the field. */
    @Test
    void refusesSamplersThatCannotBeginWithPureNoise() {
        for (SchedulerConfig config : List.of(config(CASES.get(0)), settled())) {
            for (String sampler : BELOW_PURE_NOISE) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> VariancePreserving.solver(config, Wire.named(Sampler.class, sampler), 10, 0))
                        .as(sampler)
                        .withMessageContaining("pure noise (zero terminal SNR)")
                        .withMessageEndingWith(
                                "choose one of ddim, ddpm, euler, euler_karras, euler_ancestral, dpmpp_2m,"
                                        + " dpmpp_2m_karras, dpmpp_2m_sde_karras, unipc");
            }
        }
    }

    /** The same as where the file says so, with trailing timesteps. */
    @ParameterizedTest
    @MethodSource("cases")
    void samplesTheSameWhereASettingSaysSo(String name, JsonNode expected) {
        SchedulerConfig file = config(expected);
        if (!file.betas().zeroTerminalSnr() || file.spacing() != SchedulerConfig.Spacing.TRAILING) {
            return;
        }
        Map<String, Object> fields = fields(expected);
        fields.remove("rescale_betas_zero_snr");
        fields.put("timestep_spacing", "leading");

        SchedulerConfig set = SchedulerConfig.from(fields).withZeroTerminalSnr();

        assertThat(set.betas()).isEqualTo(file.betas());
        assertThat(set.spacing()).isEqualTo(SchedulerConfig.Spacing.TRAILING);
        Sampler sampler = Wire.named(Sampler.class, expected.path("sampler").asString());
        Solver solver =
                VariancePreserving.solver(set, sampler, expected.path("steps").asInt(), 0);
        assertClose(floats(solver.timesteps()), values(name + ".timesteps"), ROUNDING);
    }

    @Test
    void needsMoreThanThePredictionOfNoise() {
        SchedulerConfig noise = SchedulerConfig.from(Map.of("prediction_type", "epsilon"));

        assertThatIllegalArgumentException()
                .isThrownBy(noise::withZeroTerminalSnr)
                .withMessage(
                        "zero terminal SNR does not go with prediction_type epsilon: the last timestep is pure noise, which has no information about the image; it needs v_prediction or sample");
    }

    private static SchedulerConfig settled() {
        return SchedulerConfig.from(Map.of("prediction_type", "v_prediction")).withZeroTerminalSnr();
    }

    private static SchedulerConfig config(JsonNode expected) {
        return SchedulerConfig.from(fields(expected));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> fields(JsonNode expected) {
        return JsonMapper.shared().convertValue(expected.path("config"), Map.class);
    }

    /** The function that replaced the network for the reference values. */
    private static float[] network(float[] x, double t) {
        float[] output = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            output[i] = (float) (0.3 * x[i] + 0.5 * Math.sin(2 * x[i] + t / 300));
        }
        return output;
    }

    private static void assertClose(float[] actual, float[] expected, double tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            double allowed = tolerance * Math.max(1, Math.abs(expected[i]));
            assertThat((double) actual[i]).as("value %d", i).isCloseTo(expected[i], Offset.offset(allowed));
        }
    }

    private static float[] values(String name) {
        float[] values = new float
                [(int) (Objects.requireNonNull(TENSORS.entries().get(name), name)
                                .length()
                        / Float.BYTES)];
        Objects.requireNonNull(TENSORS.entries().get(name))
                .map()
                .asFloatBuffer()
                .get(values);
        return values;
    }

    private static float[] floats(double[] values) {
        float[] result = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = (float) values[i];
        }
        return result;
    }

    private static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(ReferenceScheduleTests.class.getResource("/schedules"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
