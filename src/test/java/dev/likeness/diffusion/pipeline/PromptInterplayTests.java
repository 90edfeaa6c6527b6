package dev.likeness.diffusion.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.diffusion.adapter.AdapterScales;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.method.TextualInversion;
import dev.likeness.diffusion.sampling.GuidanceInterval;
import dev.likeness.diffusion.sampling.SamplingSettings;
import dev.likeness.diffusion.schedule.Sampler;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.token.PromptEncoding;
import dev.likeness.diffusion.token.PromptWeighting;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Schedules, {@code AND}, weights, skipped layers and placeholders of two tokens together with rescaled guidance in an interval, in a
 * batch, with two text encoders and every sampler.
 */
class PromptInterplayTests {

    private static final int STEPS = 4;
    /** High, so that other texts make clearly other images of a model with random weights. */
    private static final double GUIDANCE = 50;

    private static final int SIDE = 32;
    private static final String OTHER = "a cat";

    @Test
    void whatIsWrittenInAnotherWayIsTheSameImage() throws Exception {
        on(pipeline -> {
            for (Sampler sampler : Sampler.values()) {
                // All weightings in turn: all of them with each sampler would take three times as long.
                PromptWeighting weighting =
                        PromptWeighting.values()[sampler.ordinal() % PromptWeighting.values().length];
                SamplingSettings settings = settings(sampler, weighting);
                String prompt = "a photo of <sks>, (red:1.3)";

                List<RgbImage> images = images(
                        pipeline,
                        settings,
                        prompt,
                        "[%s:%s:1.0]".formatted(prompt, OTHER),
                        "[%s:%s:0]".formatted(OTHER, prompt),
                        "[%s|%s]".formatted(prompt, prompt),
                        "%s :0.25 AND %s :0.75".formatted(prompt, prompt),
                        "%s AND %s :0".formatted(prompt, OTHER),
                        "[%s:%s:0.5]".formatted(prompt, OTHER),
                        OTHER);

                for (RgbImage same : images.subList(1, 6)) {
                    assertThat(differences(same, images.get(0)))
                            .as(sampler + " " + weighting)
                            .isLessThan(20);
                }
                assertThat(differences(images.get(6), images.get(0))).isGreaterThan(100);
                assertThat(differences(images.get(6), images.get(7))).isGreaterThan(100);
            }
        });
    }

    /** The number of values of all pixels that differ, of 3072. Rounding changes one or two. */
    private static long differences(RgbImage a, RgbImage b) {
        return IntStream.range(0, a.rgb().length)
                .filter(i -> a.rgb()[i] != b.rgb()[i])
                .count();
    }

    private static SamplingSettings settings(Sampler sampler, PromptWeighting weighting) {
        return new SamplingSettings(sampler, STEPS, GUIDANCE, new GuidanceInterval(0.3, 8), 0.7, 0, SIDE, SIDE)
                .with(new PromptEncoding(1, weighting));
    }

    private static List<RgbImage> images(Pipeline pipeline, SamplingSettings settings, String... prompts) {
        List<GenerationRequest.Image> images = Stream.of(prompts)
                .map(prompt -> new GenerationRequest.Image(prompt, "[blurry|dark]", 1))
                .toList();
        return TinyWorld.pixels(
                pipeline.generate(new GenerationRequest(images, settings, AdapterScales.FULL, 3), PipelineRuns.SILENT));
    }

    private static void on(TinyWorld.Check check) throws Exception {
        Path folder = Path.of("src/test/resources/goldens/tiny-sdxl/model");
        EngineTestThread.run(() -> {
            try (Pipeline pipeline = TorchEngine.start(new EngineOptions("cpu", 0, null, null, true))
                    .open(folder, ScoreEncoders.in(folder))) {
                pipeline.train(
                        PipelineRuns.request(
                                new TextualInversion("<sks>", 2, "dog", null),
                                new TinySettings().steps(1).batch(1, 1),
                                null),
                        new TinyWorld.Losses());
                check.on(pipeline);
            }
        });
    }
}
