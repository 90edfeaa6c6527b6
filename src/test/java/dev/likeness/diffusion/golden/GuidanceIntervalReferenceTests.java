package dev.likeness.diffusion.golden;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.family.Conditioning;
import dev.likeness.diffusion.sampling.GuidanceInterval;
import dev.likeness.diffusion.sampling.GuidedSampling;
import dev.likeness.diffusion.sampling.GuidedSampling.Guidance;
import dev.likeness.diffusion.sampling.SamplingSettings;
import dev.likeness.diffusion.schedule.NoiseProcess;
import dev.likeness.diffusion.schedule.RandomDraws;
import dev.likeness.diffusion.schedule.RandomDraws.Purpose;
import dev.likeness.diffusion.schedule.Sampler;
import dev.likeness.diffusion.schedule.Solver;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.text.NewTokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Guidance in an interval of noise levels, of networks that predict noise and of one that predicts velocity. */
class GuidanceIntervalReferenceTests {

    private static final Path GOLDENS = Path.of("src/test/resources/goldens");
    private static final Path REFERENCE = Path.of("src/test/resources/guidance/reference.safetensors");
    private static final Shape LATENT = new Shape(4, 16, 16);
    /** Along a side of one latent. */
    private static final int PIXELS = 4;

    private static final int STEPS = 8;
    private static final double SCALE = 6;

    /** Of the reference. Six to ten calls of the samplers are outside. */
    private static final GuidanceInterval INTERVAL = new GuidanceInterval(0.5, 4);

    @ParameterizedTest
    @ValueSource(strings = {"tiny-sd1", "tiny-sd2", "tiny-sdxl"})
    void samplesAsDiffusers(String family) throws Exception {
        GoldenTensors reference = GoldenTensors.read(REFERENCE);
        with(family, sampling -> {
            for (Sampler sampler :
                    List.of(Sampler.DDIM, Sampler.PNDM, Sampler.EULER, Sampler.HEUN, Sampler.DPMPP_2M, Sampler.UNIPC)) {
                String name = family + "." + sampler.wire();

                List<float[]> latents = sampling.run(sampler, settings(sampler, SCALE, INTERVAL)::guidance);

                reference.get(name + ".levels").assertClose(sampling.levels(sampler), 1e-5);
                for (int i = 0; i < latents.size(); i++) {
                    reference.get(name).at(i).assertClose(latents.get(i), 2e-4);
                }
            }
        });
    }

    /** A network that predicts velocity, and one with pooled states of the prompt. */
    @ParameterizedTest
    @EnumSource
    void guidesEverywhereOrNowhereBitForBit(Sampler sampler) throws Exception {
        for (String family : List.of("tiny-sd2", "tiny-sdxl")) {
            with(family, sampling -> {
                List<float[]> guided = sampling.run(sampler, sigma -> SCALE);
                List<float[]> unguided = sampling.run(sampler, sigma -> 1);
                float[] levels = sampling.levels(sampler);
                double highest = levels[0];
                double lowest = levels[levels.length - 1];

                assertThat(guided.get(0)).isNotEqualTo(unguided.get(0));
                assertSame(sampling, sampler, new GuidanceInterval(0, highest), guided);
                assertSame(sampling, sampler, new GuidanceInterval(0, 10_000), guided);
                assertSame(sampling, sampler, new GuidanceInterval(0, lowest / 2), unguided);
                assertSame(sampling, sampler, new GuidanceInterval(highest, 10_000), unguided);
                List<float[]> without = sampling.run(sampler, settings(sampler, 1, INTERVAL)::guidance);
                assertThat(without).usingRecursiveComparison().isEqualTo(unguided);
            });
        }
    }

    private static void assertSame(Sampling sampling, Sampler sampler, GuidanceInterval interval, List<float[]> same) {
        List<float[]> latents = sampling.run(sampler, settings(sampler, SCALE, interval)::guidance);
        assertThat(latents).as("%s", interval).usingRecursiveComparison().isEqualTo(same);
    }

    private static SamplingSettings settings(Sampler sampler, double scale, @Nullable GuidanceInterval interval) {
        return new SamplingSettings(sampler, STEPS, scale, interval, 0, 64, 64);
    }

    /** Both prompts of a family's pipeline, in one batch, from their initial latents. */
    record Sampling(NDManager manager, GoldenModel model, GoldenTensor start, JsonNode prompts) {

        float[] levels(Sampler sampler) {
            Solver solver = solver(model.noise(), sampler);
            float[] levels = new float[solver.timesteps().length];
            for (int i = 0; i < levels.length; i++) {
                levels[i] = (float) solver.noiseLevel(i);
            }
            return levels;
        }

        List<float[]> run(Sampler sampler, Guidance guidance) {
            return run(model.noise(), sampler, guidance, 0);
        }

        List<float[]> run(NoiseProcess noise, Sampler sampler, Guidance guidance, double rescale) {
            List<GuidedSampling.Image> images = new ArrayList<>();
            for (int i = 0; i < prompts.required("prompts").size(); i++) {
                RandomDraws draws = new RandomDraws(i);
                images.add(new GuidedSampling.Image(
                        start.at(i).values(),
                        text(prompts.required("prompts").get(i).stringValue()),
                        text(prompts.required("negative").get(i).stringValue()),
                        solver(noise, sampler),
                        (step, length) -> draws.normal(Purpose.SAMPLER_NOISE, step, 0, length)));
            }
            return new GuidedSampling(model.denoiser(), PIXELS, guidance, rescale)
                    .run(manager, images, LATENT, new GuidedSampling.Watch() {
                        @Override
                        public void stepDone() {}

                        @Override
                        public boolean stopRequested() {
                            return false;
                        }
                    });
        }

        private static Solver solver(NoiseProcess noise, Sampler sampler) {
            return noise.solver(sampler, STEPS, 0, LATENT.size() / LATENT.get(0));
        }

        private Conditioning text(String prompt) {
            return model.textEncoders()
                    .encodeWeighted(manager, List.of(prompt), new NewTokens(List.of(), model.noRows()))
                    .get(0);
        }
    }

    interface Check {
        void on(Sampling sampling) throws Exception;
    }

    static void with(String family, Check check) throws Exception {
        GoldenCase golden = GoldenCases.inFolder(GOLDENS, family).stream()
                .filter(it -> it.name().equals("pipeline"))
                .findFirst()
                .orElseThrow();
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch");
                    GoldenModel model = GoldenModel.forSampling(golden, manager)) {
                check.on(new Sampling(manager, model, golden.tensors().get("pipeline.latents"), golden.settings()));
            }
        });
    }
}
