package dev.likeness.diffusion.golden;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.sampling.GuidedSampling;
import dev.likeness.diffusion.sampling.PromptTexts;
import dev.likeness.diffusion.sampling.SamplingSettings;
import dev.likeness.diffusion.schedule.Sampler;
import dev.likeness.diffusion.schedule.Solver;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.text.NewTokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Prompts that change during sampling, and several prompts whose predictions are added, with the networks and schedulers of
 * diffusers and the parser of stable-diffusion-webui: src/test/resources/prompts/reference.py.
 */
class PromptSamplingReferenceTests {

    private static final Path GOLDENS = Path.of("src/test/resources/goldens");
    private static final Path REFERENCE = Path.of("src/test/resources/prompts/latents.safetensors");
    private static final Shape LATENT = new Shape(4, 16, 16);
    /** Along a side of one latent. */
    private static final int PIXELS = 4;

    private static final int STEPS = 8;
    private static final double SCALE = 6;

    private static final Map<String, List<String>> PROMPTS = Map.of(
            "plain", List.of("a photo of sks dog", "blurry"),
            "change", List.of("a photo of [a cat:sks dog:0.5] [on the beach:3]", "[blurry::2]"),
            "turns", List.of("a photo of [sks dog|a [red:blue:5] cat|]", "[blurry|]"),
            "and", List.of("a photo of sks dog :1.2 AND a [red|blue] cat :0.5 AND van gogh :-0.4", "blurry AND dark"));

    /** All prompts in one batch, so that their numbers of parts and their changes differ within it. */
    @ParameterizedTest
    @ValueSource(strings = {"tiny-sd1", "tiny-sd2", "tiny-sdxl"})
    void samplesAsDiffusers(String family) throws Exception {
        GoldenTensors reference = GoldenTensors.read(REFERENCE);
        List<String> cases = List.copyOf(PROMPTS.keySet());
        with(family, sampling -> {
            for (Sampler sampler : List.of(Sampler.DDIM, Sampler.PNDM, Sampler.HEUN)) {
                List<float[]> latents = sampling.run(sampler, cases, SCALE);
                for (int i = 0; i < cases.size(); i++) {
                    reference
                            .get("%s.%s.%s".formatted(family, sampler.wire(), cases.get(i)))
                            .at(0)
                            .assertClose(latents.get(i), 5e-4);
                }
            }
        });
    }

    /** Without guidance, the sum of weighted differences still needs the negative prompt; a prompt alone does not. */
    @ParameterizedTest
    @ValueSource(strings = {"tiny-sd1"})
    void doesNotDependOnTheOtherImagesOfABatch(String family) throws Exception {
        with(family, sampling -> {
            for (double scale : List.of(1.0, SCALE)) {
                List<float[]> together = sampling.run(Sampler.DDIM, List.of("plain", "and", "turns"), scale);

                assertClose(
                        together.get(0),
                        sampling.run(Sampler.DDIM, List.of("plain"), scale).get(0));
                assertClose(
                        together.get(1),
                        sampling.run(Sampler.DDIM, List.of("and"), scale).get(0));
                assertClose(
                        together.get(2),
                        sampling.run(Sampler.DDIM, List.of("turns"), scale).get(0));
            }
        });
    }

    private static void assertClose(float[] found, float[] expected) {
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).isCloseTo(expected[i], org.assertj.core.data.Offset.offset(5e-4f));
        }
    }

    private record Sampling(NDManager manager, GoldenModel model, GoldenTensor start) {

        List<float[]> run(Sampler sampler, List<String> cases, double scale) {
            SamplingSettings settings = new SamplingSettings(sampler, STEPS, scale, 0, 64, 64);
            PromptTexts texts = new PromptTexts(
                    manager,
                    model.textEncoders(),
                    new NewTokens(List.of(), model.noRows()),
                    model.denoiser(),
                    settings);
            List<GuidedSampling.Image> images = new ArrayList<>();
            for (String name : cases) {
                Solver solver = model.noise().solver(sampler, STEPS, 0, LATENT.size() / LATENT.get(0));
                List<String> prompts = Objects.requireNonNull(PROMPTS.get(name));
                images.add(new GuidedSampling.Image(
                        start.at(0).values(),
                        texts.of(prompts.get(0), prompts.get(1), solver.timesteps().length)::get,
                        solver,
                        (step, length) -> new float[length]));
            }
            return new GuidedSampling(model.denoiser(), PIXELS, settings::guidance)
                    .run(manager, images, LATENT, new GuidedSampling.Watch() {
                        @Override
                        public void stepDone() {}

                        @Override
                        public boolean stopRequested() {
                            return false;
                        }
                    });
        }
    }

    private interface Check {
        void on(Sampling sampling) throws Exception;
    }

    private static void with(String family, Check check) throws Exception {
        GoldenCase golden = GoldenCases.inFolder(GOLDENS, family).stream()
                .filter(it -> it.name().equals("pipeline"))
                .findFirst()
                .orElseThrow();
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch");
                    GoldenModel model = GoldenModel.forSampling(golden, manager)) {
                check.on(new Sampling(manager, model, golden.tensors().get("pipeline.latents")));
            }
        });
    }
}
