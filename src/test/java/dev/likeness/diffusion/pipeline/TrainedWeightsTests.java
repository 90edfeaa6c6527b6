package dev.likeness.diffusion.pipeline;

import static dev.likeness.diffusion.pipeline.PipelineRuns.PROMPT;
import static dev.likeness.diffusion.pipeline.PipelineRuns.SILENT;
import static dev.likeness.diffusion.pipeline.PipelineRuns.request;
import static dev.likeness.diffusion.pipeline.PipelineRuns.worst;
import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.diffusion.adapter.LoraTargets;
import dev.likeness.diffusion.adapter.MomentumMode;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.method.DreamBooth;
import dev.likeness.diffusion.method.ExportFormat;
import dev.likeness.diffusion.method.Lora;
import dev.likeness.diffusion.method.Method;
import dev.likeness.diffusion.method.Momentum;
import dev.likeness.diffusion.method.TestMethodSettings.LoraSettings;
import dev.likeness.diffusion.method.TextualInversion;
import dev.likeness.diffusion.training.Prompts;
import dev.likeness.diffusion.training.TrainingSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The trained parameters are saved, loaded and exported, and the base model stays unchanged. */
class TrainedWeightsTests {

    @TempDir
    private Path temp;

    @Test
    void trainedWeightsAreSavedAndLoadedAndLeftAgain() throws Exception {
        TinyWorld.with(pipeline -> {
            GenerationRequest request = TinyWorld.request(PROMPT, 1, 6, 1);
            RgbImage base = pipeline.generate(request, SILENT).get(0).image();
            pipeline.train(request(TinyWorld.settings().steps(3), null), new TinyWorld.Losses());
            RgbImage trained = pipeline.generate(request, SILENT).get(0).image();
            Path file = temp.resolve("weights");
            try (OutputStream out = Files.newOutputStream(file)) {
                pipeline.saveWeights(out);
            }

            pipeline.useBaseWeights();
            RgbImage again = pipeline.generate(request, SILENT).get(0).image();
            pipeline.loadWeights(file);
            RgbImage loaded = pipeline.generate(request, SILENT).get(0).image();

            assertThat(worst(trained, base)).isGreaterThan(10);
            assertThat(again.rgb()).isEqualTo(base.rgb());
            assertThat(loaded.rgb()).isEqualTo(trained.rgb());
        });
    }

    @ParameterizedTest
    @MethodSource("smallMethods")
    void whatLittleIsLearnedIsSavedAndLoadedAndLeftAgain(Method method, long most) throws Exception {
        TinyWorld.with(pipeline -> {
            GenerationRequest drawing = TinyWorld.request("a photo of a <sks> bird", 1, 6, 1);
            RgbImage base = pipeline.generate(drawing, SILENT).get(0).image();
            TrainingSettings settings = TinyWorld.settings().steps(4).rate(0.05);
            pipeline.train(
                    new TrainingRequest(
                            method,
                            new TrainingRequest.Subject(
                                    TinyWorld.subject("owl"), Prompts.fixed("a photo of a <sks> bird")),
                            null,
                            settings,
                            null),
                    new TinyWorld.Losses());
            RgbImage trained = pipeline.generate(drawing, SILENT).get(0).image();
            Path file = temp.resolve("learned");
            try (OutputStream out = Files.newOutputStream(file)) {
                pipeline.saveWeights(out);
            }

            pipeline.useBaseWeights();
            RgbImage again = pipeline.generate(drawing, SILENT).get(0).image();
            pipeline.loadWeights(file);
            RgbImage loaded = pipeline.generate(drawing, SILENT).get(0).image();

            assertThat(Files.size(file)).isLessThan(most);
            for (ExportFormat format : pipeline.exportFormats()) {
                Path export = temp.resolve(format.name());
                try (OutputStream out = Files.newOutputStream(export)) {
                    pipeline.export(format, out);
                }
                pipeline.verifyExport(format, export);
            }
            assertThat(worst(trained, base)).isGreaterThan(3);
            assertThat(again.rgb()).isEqualTo(base.rgb());
            assertThat(loaded.rgb()).isEqualTo(trained.rgb());
        });
    }

    static Stream<Arguments> smallMethods() {
        return Stream.of(
                Arguments.of(new Lora(new LoraSettings(4, 4, 0, LoraTargets.ATTENTION), false), 1_000_000L),
                Arguments.of(new Lora(new LoraSettings(2, 4, 0.1, LoraTargets.ALL), true), 2_000_000L),
                Arguments.of(new TextualInversion("<sks>", 2, "bird", null), 10_000L),
                Arguments.of(
                        new TextualInversion("<sks>", 1, "bird", new Momentum(0.5, MomentumMode.ANCHOR, "bird")),
                        10_000L));
    }

    /** A base model that was kept in bf16 has no later effect, with any adapter. */
    @ParameterizedTest
    @MethodSource("methodsOnAFrozenBase")
    void whatIsTrainedOnABaseHeldReducedFitsTheWholeOne(Method method) throws Exception {
        TinyWorld.with(pipeline -> {
            GenerationRequest drawing = TinyWorld.request("a photo of a <sks> bird", 1, 4, 1);
            TinySettings settings = TinyWorld.settings().steps(2).batch(1, 1);
            pipeline.train(request(new DreamBooth(true), settings, null), new TinyWorld.Losses());
            Path base = saved(pipeline, "base");
            pipeline.useBaseWeights();
            pipeline.loadWeights(base);

            pipeline.train(request(method, settings.rate(0.05).precision("bf16"), null), new TinyWorld.Losses());
            RgbImage trained = pipeline.generate(drawing, SILENT).get(0).image();
            Path learned = saved(pipeline, "learned");

            pipeline.useBaseWeights();
            pipeline.loadWeights(base);
            RgbImage before = pipeline.generate(drawing, SILENT).get(0).image();
            pipeline.loadWeights(learned);
            assertThat(pipeline.generate(drawing, SILENT).get(0).image().rgb()).isEqualTo(trained.rgb());
            assertThat(worst(before, trained)).isGreaterThan(3);
        });
    }

    static Stream<Method> methodsOnAFrozenBase() {
        return Stream.of(
                new Lora(new LoraSettings(2, 4, 0.1, LoraTargets.ALL), true),
                new TextualInversion("<sks>", 2, "bird", null));
    }

    private Path saved(Pipeline pipeline, String name) throws IOException {
        Path file = temp.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            pipeline.saveWeights(out);
        }
        return file;
    }

    /** The first run's placeholder keeps its meaning, and the second may start from it. */
    @Test
    void learnsAWordBesideAnother() throws Exception {
        TinyWorld.with(pipeline -> {
            TrainingSettings settings =
                    TinyWorld.settings().steps(2).batch(1, 1).rate(0.05);
            pipeline.train(
                    request(new TextualInversion("<sks>", 2, "bird", null), settings, null), new TinyWorld.Losses());
            GenerationRequest first = TinyWorld.request("a photo of a <sks> bird", 1, 4, 1);
            RgbImage before = pipeline.generate(first, SILENT).get(0).image();
            GenerationRequest second = TinyWorld.request("a photo of a <other> bird", 1, 4, 1);

            pipeline.train(
                    request(
                            new TextualInversion("<other>", 2, "<sks>", new Momentum(0, MomentumMode.ANCHOR, "<sks>")),
                            settings,
                            null),
                    new TinyWorld.Losses());

            assertThat(pipeline.generate(first, SILENT).get(0).image().rgb()).isEqualTo(before.rgb());
            assertThat(pipeline.generate(second, SILENT).get(0).image().rgb()).isEqualTo(before.rgb());
        });
    }
}
