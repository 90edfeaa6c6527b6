package dev.likeness.diffusion.pipeline;

import static dev.likeness.diffusion.pipeline.PipelineRuns.PROMPT;
import static dev.likeness.diffusion.pipeline.PipelineRuns.SILENT;
import static dev.likeness.diffusion.pipeline.PipelineRuns.request;
import static dev.likeness.diffusion.pipeline.PipelineRuns.worst;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.likeness.diffusion.adapter.AdapterScales;
import dev.likeness.diffusion.adapter.LoraTargets;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.method.Lora;
import dev.likeness.diffusion.method.TestMethodSettings.LoraSettings;
import dev.likeness.diffusion.sampling.GenerationListener;
import dev.likeness.diffusion.sampling.SamplingSettings;
import dev.likeness.diffusion.schedule.Sampler;
import dev.likeness.diffusion.tensor.StoppedException;
import dev.likeness.diffusion.training.TrainingSettings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Images from the bundled model. */
class PipelineGenerationTests {

    @Test
    void anImageDoesNotDependOnItsBatch() throws Exception {
        TinyWorld.with(pipeline -> {
            List<GeneratedImage> together = pipeline.generate(TinyWorld.request(PROMPT, 3, 6, 3), SILENT);
            List<GeneratedImage> alone = pipeline.generate(TinyWorld.request(PROMPT, 3, 6, 1), SILENT);

            for (int i = 0; i < 3; i++) {
                assertThat(worst(together.get(i).image(), alone.get(i).image())).isLessThanOrEqualTo(2);
            }
            assertThat(worst(together.get(0).image(), together.get(1).image())).isGreaterThan(50);
        });
    }

    @Test
    void drawsPromptsOfAnyLengthAndEmphasisEachAsIfItWereAlone() throws Exception {
        TinyWorld.with(pipeline -> {
            String longPrompt = "a photo of a bird on the beach, ".repeat(20);
            List<String> prompts = List.of(
                    PROMPT,
                    "a photo of a ((sks)) bird",
                    longPrompt,
                    "a photo of a sks bird BREAK on the beach",
                    "A (((oil painting))) of [[[[[my_embedding]]]]] by (((Leonardo da Vinci))))");
            List<GenerationRequest.Image> images = prompts.stream()
                    .map(prompt -> new GenerationRequest.Image(prompt, "", 3))
                    .toList();

            List<RgbImage> together = TinyWorld.pixels(pipeline.generate(drawing(images), SILENT));

            for (int i = 0; i < images.size(); i++) {
                RgbImage alone = pipeline.generate(drawing(List.of(images.get(i))), SILENT)
                        .get(0)
                        .image();
                assertThat(worst(together.get(i), alone)).isLessThanOrEqualTo(2);
            }
            assertThat(worst(together.get(1), together.get(0))).isGreaterThan(5);
            assertThat(worst(together.get(3), together.get(0))).isGreaterThan(5);
        });
    }

    private static GenerationRequest drawing(List<GenerationRequest.Image> images) {
        return new GenerationRequest(
                images,
                new SamplingSettings(Sampler.DDIM, 4, 5, 0, TinyWorld.SIDE, TinyWorld.SIDE),
                AdapterScales.FULL,
                8);
    }

    @Test
    void theNegativePromptCounts() throws Exception {
        TinyWorld.with(pipeline -> {
            GenerationRequest plain = TinyWorld.request("a photo of a dog on the beach", 1, 6, 1);
            GenerationRequest negative = new GenerationRequest(
                    List.of(new GenerationRequest.Image("a photo of a dog on the beach", "on the beach", 0)),
                    new SamplingSettings(Sampler.DDIM, 6, 5, 0, 64, 64),
                    AdapterScales.FULL,
                    1);

            RgbImage with = pipeline.generate(negative, SILENT).get(0).image();

            assertThat(worst(with, pipeline.generate(plain, SILENT).get(0).image()))
                    .isGreaterThan(20);
        });
    }

    @Test
    void everySamplerDrawsAnySizeThatFits() throws Exception {
        TinyWorld.with(pipeline -> {
            for (Sampler sampler : Sampler.values()) {
                GenerationRequest request = new GenerationRequest(
                        List.of(new GenerationRequest.Image(PROMPT, "", 1)),
                        new SamplingSettings(sampler, 5, 1, 0, 96, 64),
                        AdapterScales.FULL,
                        1);

                GeneratedImage image = pipeline.generate(request, SILENT).get(0);

                assertThat(image.image().width()).isEqualTo(96);
                assertThat(image.image().height()).isEqualTo(64);
                assertThat(image.recipe().settings().sampler()).isEqualTo(sampler);
                assertThat(image.recipe().modelHash()).isEqualTo(pipeline.info().hash());
            }
        });
    }

    @Test
    void refusesASizeTheNetworkCannotDraw() throws Exception {
        TinyWorld.with(pipeline -> {
            GenerationRequest request = new GenerationRequest(
                    List.of(new GenerationRequest.Image(PROMPT, "", 1)),
                    new SamplingSettings(Sampler.DDIM, 5, 1, 0, 72, 64),
                    AdapterScales.FULL,
                    1);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> pipeline.generate(request, SILENT))
                    .withMessageContaining("multiples of 16");
        });
    }

    @Test
    void samplingStopsWhenAsked() throws Exception {
        TinyWorld.with(pipeline -> {
            List<Integer> done = new ArrayList<>();
            GenerationListener stopAfterTwo = new GenerationListener() {
                @Override
                public void onStep(int step, int total) {
                    done.add(step);
                    assertThat(total).isEqualTo(12);
                }

                @Override
                public boolean stopRequested() {
                    return done.size() == 2;
                }
            };

            assertThatExceptionOfType(StoppedException.class)
                    .isThrownBy(() -> pipeline.generate(TinyWorld.request(PROMPT, 2, 6, 1), stopAfterTwo));
            assertThat(done).containsExactly(1, 2);
        });
    }

    @Test
    void adaptersCountAsMuchAsIsAskedFor() throws Exception {
        TinyWorld.with(pipeline -> {
            GenerationRequest full = TinyWorld.request(PROMPT, 1, 6, 1);
            RgbImage base = pipeline.generate(full, SILENT).get(0).image();
            TrainingSettings settings = TinyWorld.settings().steps(4).rate(0.05);
            pipeline.train(
                    request(new Lora(new LoraSettings(4, 4, 0, LoraTargets.ATTENTION), true), settings, null),
                    new TinyWorld.Losses());
            RgbImage trained = pipeline.generate(full, SILENT).get(0).image();

            RgbImage none = pipeline.generate(scaled(full, 0, 0), SILENT).get(0).image();
            RgbImage half =
                    pipeline.generate(scaled(full, 0.5, 1), SILENT).get(0).image();
            RgbImage again = pipeline.generate(full, SILENT).get(0).image();

            assertThat(none.rgb()).isEqualTo(base.rgb());
            assertThat(worst(half, base)).isGreaterThan(3);
            assertThat(worst(half, trained)).isGreaterThan(3);
            assertThat(again.rgb()).isEqualTo(trained.rgb());
        });
    }

    private static GenerationRequest scaled(GenerationRequest request, double unet, double text) {
        return new GenerationRequest(
                request.images(), request.settings(), new AdapterScales(unet, text), request.batchSize());
    }
}
