package dev.likeness.diffusion.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.diffusion.golden.GoldenTensor;
import dev.likeness.diffusion.golden.GoldenTensors;
import dev.likeness.diffusion.tensor.ModelConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Noise levels, steps, densities and weights of Stable Diffusion 3 and FLUX.1, against diffusers. */
class FlowReferenceTests {

    private static final double SIGMAS = 1e-6;

    /** The family's schedule, as its pipeline uses it. */
    enum Family {
        SD3("tiny-sd3", FlowGrid.TRAINED),
        FLUX("tiny-flux", FlowGrid.EQUAL_STEPS);

        private final Path folder;
        private final FlowGrid grid;

        Family(String folder, FlowGrid grid) {
            this.folder = Path.of("src/test/resources/goldens-flow", folder);
            this.grid = grid;
        }

        private GoldenTensors golden() throws IOException {
            return GoldenTensors.read(folder.resolve("tensors.safetensors"));
        }

        private RectifiedFlow process(FlowWeighting weighting) {
            FlowSettings settings = new FlowSettings(grid, 4, new FlowDensity.LogitNormal(0, 1), weighting);
            @SuppressWarnings("unchecked")
            Map<String, ?> json = ModelConfig.read(folder.resolve("scheduler_config.json"), Map.class, Map.of());
            return (RectifiedFlow) SchedulerClass.process(json, settings);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SD3, schedule.4, 48",
        "SD3, schedule.8, 48",
        "SD3, schedule.28, 4096",
        "FLUX, schedule.48.4, 48",
        "FLUX, schedule.48.8, 48",
        "FLUX, schedule.48.28, 48",
        "FLUX, schedule.4096.4, 4096",
        "FLUX, schedule.4096.8, 4096",
        "FLUX, schedule.4096.28, 4096",
    })
    void visitsTheLevelsOfDiffusers(Family family, String name, long tokens) throws IOException {
        int steps = Integer.parseInt(name.substring(name.lastIndexOf('.') + 1));

        FlowEulerSolver solver =
                (FlowEulerSolver) family.process(FlowWeighting.NONE).solver(Sampler.EULER, steps, 0, 4 * tokens);

        family.golden().get(name + ".sigmas").assertClose(floats(solver.sigmas()), SIGMAS);
        family.golden().get(name + ".timesteps").assertClose(floats(solver.timesteps()), SIGMAS);
    }

    @ParameterizedTest
    @EnumSource
    void trainsOnTheLevelsOfDiffusers(Family family) throws IOException {
        RectifiedFlow process = family.process(FlowWeighting.NONE);
        float[] sigmas = process.trainSigmas();

        family.golden().get("schedule.train.sigmas").assertClose(sigmas, SIGMAS);
        family.golden().get("schedule.train.timesteps").assertClose(timesteps(process, sigmas), SIGMAS);
    }

    @ParameterizedTest
    @EnumSource
    void takesTheStepOfDiffusers(Family family) throws IOException {
        GoldenTensors golden = family.golden();
        Solver solver = family.process(FlowWeighting.NONE).solver(Sampler.EULER, 8, 0, 4 * 48);
        float[] sample = golden.get("schedule.step.sample").values();
        float[] output = golden.get("schedule.step.model_output").values();
        for (int i = 0; i < 3; i++) {
            solver.step(i, output, sample, NoNoise.SOURCE);
        }

        golden.get("schedule.step.prev_sample").assertClose(solver.step(3, output, sample, NoNoise.SOURCE), SIGMAS);
    }

    @ParameterizedTest
    @EnumSource
    void drawsLevelsWithTheDensitiesOfDiffusers(Family family) throws IOException {
        GoldenTensors golden = family.golden();
        RectifiedFlow process = family.process(FlowWeighting.NONE);
        FlowDensity.LogitNormal density = new FlowDensity.LogitNormal(0, 1);
        float[] normal = golden.get("train.normal").values();
        float[] drawn = new float[normal.length];
        float[] sigmas = new float[normal.length];
        long[] indices = new long[normal.length];
        for (int i = 0; i < normal.length; i++) {
            drawn[i] = (float) density.at(normal[i]);
            indices[i] = process.index(density.at(normal[i]));
            sigmas[i] = process.trainSigmas()[(int) indices[i]];
        }

        golden.get("train.u").assertClose(drawn, SIGMAS);
        assertThat(indices).isEqualTo(golden.longs("train.indices"));
        golden.get("train.sigmas").assertClose(sigmas, SIGMAS);
        golden.get("train.timesteps").assertClose(timesteps(process, sigmas), SIGMAS);

        FlowDensity.Mode mode = new FlowDensity.Mode(1.29);
        float[] uniform = golden.get("density.uniform").values();
        for (int i = 0; i < uniform.length; i++) {
            uniform[i] = (float) mode.at(uniform[i]);
        }
        golden.get("density.mode").assertClose(uniform, SIGMAS);
    }

    @ParameterizedTest
    @CsvSource({
        "SD3, none, NONE",
        "SD3, sigma_sqrt, SIGMA_SQRT",
        "SD3, cosmap, COSMAP",
        "FLUX, none, NONE",
        "FLUX, sigma_sqrt, SIGMA_SQRT",
        "FLUX, cosmap, COSMAP",
    })
    void weighsAsDiffusers(Family family, String name, FlowWeighting weighting) throws IOException {
        RectifiedFlow process = family.process(weighting);
        GoldenTensor sigmas = family.golden().get("train.sigmas");
        float[] weights = new float[sigmas.values().length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) process.lossWeight(sigmas.values()[i], null);
        }

        family.golden().get("weighting." + name + ".weights").assertClose(weights, SIGMAS);
    }

    private static float[] timesteps(RectifiedFlow process, float[] sigmas) {
        float[] timesteps = new float[sigmas.length];
        for (int i = 0; i < sigmas.length; i++) {
            timesteps[i] = (float) process.timestep(sigmas[i]);
        }
        return timesteps;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        Arrays.setAll(new double[values.length], i -> floats[i] = (float) values[i]);
        return floats;
    }
}
