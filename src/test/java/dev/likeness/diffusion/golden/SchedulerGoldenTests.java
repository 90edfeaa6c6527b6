package dev.likeness.diffusion.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.diffusion.schedule.NoiseSchedule;
import dev.likeness.diffusion.schedule.NoiseSource;
import dev.likeness.diffusion.schedule.Sampler;
import dev.likeness.diffusion.schedule.SchedulerConfig;
import dev.likeness.diffusion.schedule.Solver;
import dev.likeness.diffusion.schedule.VariancePreserving;
import dev.likeness.diffusion.wire.Wire;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SchedulerGoldenTests {

    /** Possible error of timesteps that numpy computes from a logarithm in single precision. */
    private static final double ROUNDING = 1e-6;

    @TestFactory
    Stream<DynamicTest> schedulers() {
        return GoldenCases.tests("schedulers", golden -> {
            if (golden.name().equals("add_noise")) {
                addNoise(golden);
            } else {
                trajectory(golden);
            }
        });
    }

    private static void trajectory(GoldenCase golden) throws IOException {
        GoldenTensors tensors = golden.tensors();
        Solver solver = solver(golden);

        assertThat(solver.initNoiseSigma())
                .isEqualTo(golden.settings().required("init_noise_sigma").doubleValue());
        GoldenTensor timesteps = tensors.get(golden.name() + ".timesteps");
        timesteps.assertClose(toFloats(solver.timesteps()), golden.name().startsWith("euler_karras") ? ROUNDING : 0);

        GoldenTensor expected = tensors.get(golden.name() + ".trajectory");
        assertThat(expected.shape()[0]).isEqualTo(solver.timesteps().length);
        NoiseSource noise = inOrderOfUse(tensors.get("step_noise"));
        float[] sample = scaled(tensors.get("x_init").values(), solver.initNoiseSigma());
        for (int i = 0; i < solver.timesteps().length; i++) {
            float[] output = network(solver.scaleInput(i, sample), solver.timesteps()[i]);
            sample = solver.step(i, output, sample, noise);
            expected.at(i).assertClose(sample, golden.tolerance());
        }
    }

    private static Solver solver(GoldenCase golden) {
        int dot = golden.name().lastIndexOf('.');
        int steps = Integer.parseInt(golden.name().substring(dot + 1));
        JsonNode options = golden.settings().required("step");
        SchedulerConfig config = config(golden, Map.of());
        String name = golden.name().substring(0, dot);
        // Variants of a sampler differ in the step's options or in the configuration.
        String sampler = name.startsWith("ddim") ? "ddim" : name;
        return VariancePreserving.solver(
                config,
                Wire.named(Sampler.class, sampler),
                steps,
                options.path("eta").doubleValue(0));
    }

    private static SchedulerConfig config(GoldenCase golden, Map<String, String> instead) {
        Map<String, Object> fields = new HashMap<>();
        golden.settings()
                .required("config")
                .properties()
                .forEach(e -> fields.put(e.getKey(), JsonMapper.shared().treeToValue(e.getValue(), Object.class)));
        fields.putAll(instead);
        return SchedulerConfig.from(fields);
    }

    /** The function that replaced the network for the reference values. */
    private static float[] network(float[] x, double t) {
        float[] output = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            output[i] = (float) (0.3 * x[i] + 0.5 * Math.sin(2 * x[i] + t / 300));
        }
        return output;
    }

    private static NoiseSource inOrderOfUse(GoldenTensor draws) {
        AtomicInteger used = new AtomicInteger();
        return (index, length) -> draws.at(used.getAndIncrement()).values();
    }

    private static void addNoise(GoldenCase golden) throws IOException {
        GoldenTensors tensors = golden.tensors();
        NoiseSchedule schedule = NoiseSchedule.of(config(golden, Map.of()));
        NoiseSchedule velocity = NoiseSchedule.of(config(golden, Map.of("prediction_type", "v_prediction")));
        double tolerance = golden.tolerance();

        float[] alphasCumprod = new float[schedule.timesteps()];
        float[] snr = new float[schedule.timesteps()];
        for (int t = 0; t < snr.length; t++) {
            alphasCumprod[t] = (float) schedule.alphaCumprod(t);
            snr[t] = (float) schedule.snr(t);
        }
        tensors.get("alphas_cumprod").assertClose(alphasCumprod, tolerance);
        tensors.get("snr").assertClose(snr, tolerance);

        long[] timesteps = tensors.longs("add.t");
        for (int i = 0; i < timesteps.length; i++) {
            float[] x = tensors.get("add.x").at(i).values();
            float[] noise = tensors.get("add.noise").at(i).values();
            int t = (int) timesteps[i];
            tensors.get("add.noisy").at(i).assertClose(schedule.addNoise(x, noise, t), tolerance);
            tensors.get("add.velocity").at(i).assertClose(velocity.target(x, noise, t), tolerance);
        }
    }

    private static float[] scaled(float[] values, double factor) {
        float[] result = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = (float) (values[i] * factor);
        }
        return result;
    }

    private static float[] toFloats(double[] values) {
        float[] result = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = (float) values[i];
        }
        return result;
    }
}
