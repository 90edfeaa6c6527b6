package dev.likeness.diffusion.pipeline;

import static dev.likeness.diffusion.pipeline.PipelineRuns.SILENT;
import static dev.likeness.diffusion.pipeline.PipelineRuns.worst;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.likeness.diffusion.adapter.AdapterDesign;
import dev.likeness.diffusion.adapter.AdapterScales;
import dev.likeness.diffusion.adapter.DoraNorms;
import dev.likeness.diffusion.adapter.LayerKind;
import dev.likeness.diffusion.adapter.LayerRanks;
import dev.likeness.diffusion.adapter.LoraTargets;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.method.ExportFormat;
import dev.likeness.diffusion.method.Lora;
import dev.likeness.diffusion.method.PivotalTuning;
import dev.likeness.diffusion.method.TextualInversion;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.tensor.SafeTensors;
import dev.likeness.diffusion.tensor.StoppedException;
import dev.likeness.diffusion.training.Checkpoint;
import dev.likeness.diffusion.training.Phases;
import dev.likeness.diffusion.training.Prompts;
import dev.likeness.diffusion.training.TrainingListener;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pivotal tuning from the first step to files that are read again. */
class PivotalTrainingTests {

    private static final String WORD = "<sks>";
    private static final int STEPS = 4;

    @TempDir
    private Path temp;

    private record Settings(AdapterDesign design) implements Lora.Settings {

        @Override
        public int rank() {
            return design.ranks().rank();
        }

        @Override
        public double alpha() {
            return design.ranks().alpha();
        }

        @Override
        public double dropout() {
            return 0;
        }

        @Override
        public LoraTargets targets() {
            return LoraTargets.LINEAR;
        }
    }

    private static PivotalTuning method(boolean textEncoder, LayerKind kind, Phases phases) {
        AdapterDesign design = new AdapterDesign(
                kind, LayerRanks.of(4, 4), DoraNorms.NONE, false, false, AdapterDesign.Kronecker.CLOSEST);
        return new PivotalTuning(
                new Lora(new Settings(design), textEncoder), new TextualInversion(WORD, 2, "dog", null), phases, 0.1);
    }

    /** Once both at a time and once one after the other, with adapters of text encoders and without, in every family. */
    @ParameterizedTest
    @CsvSource({"tiny-sd1, true, LORA, 0, 2", "tiny-sd2, true, LOHA, 2, 3", "tiny-sdxl, false, LORA, 2, 2"})
    void resumesAndWritesFilesThatAreReadAgain(String family, boolean text, LayerKind kind, int from, int until)
            throws Exception {
        PivotalTuning method = method(text, kind, new Phases(from, until));
        on(family, pipeline -> {
            TinyWorld.Losses whole = new TinyWorld.Losses();
            pipeline.train(request(method, null), whole);
            RgbImage trained = drawn(pipeline);
            Path weights = temp.resolve("weights");
            try (OutputStream out = Files.newOutputStream(weights)) {
                pipeline.saveWeights(out);
            }
            List<Path> files = exported(pipeline);

            pipeline.useBaseWeights();
            assertThat(worst(drawn(pipeline), trained)).isGreaterThan(3);
            pipeline.loadWeights(weights);
            assertThat(drawn(pipeline).rgb()).isEqualTo(trained.rgb());
            List<List<Path>> uploads = new ArrayList<>(List.of(files.subList(files.size() - 1, files.size())));
            if (kind == LayerKind.LORA) {
                uploads.add(files.subList(0, 2));
            }
            for (List<Path> loaded : uploads) {
                pipeline.useBaseWeights();
                for (Path file : loaded) {
                    boolean hasWord = !file.endsWith(ExportFormat.EMBEDDING_BESIDE_LORA.name());
                    pipeline.loadAdapter(file, AdapterScales.FULL, hasWord ? null : WORD);
                }
                assertThat(worst(drawn(pipeline), trained)).isLessThanOrEqualTo(1);
            }
            for (int stop : new int[] {1, until}) {
                pipeline.useBaseWeights();
                assertThat(resumed(pipeline, method, stop))
                        .as("resumed at %d", stop)
                        .isEqualTo(whole.values);
            }
        });
    }

    /** The files of an adapter of another kind are the embeddings and the bundle. */
    private List<Path> exported(Pipeline pipeline) throws IOException {
        List<Path> files = new ArrayList<>();
        for (ExportFormat format : pipeline.exportFormats()) {
            Path file = temp.resolve(format.name());
            try (OutputStream out = Files.newOutputStream(file)) {
                pipeline.export(format, out);
            }
            pipeline.verifyExport(format, file);
            files.add(file);
        }
        assertThat(pipeline.exportFormats()).endsWith(ExportFormat.EMBEDDING_BESIDE_LORA, ExportFormat.LORA_KOHYA);
        return files;
    }

    @Test
    void namesTensorsAsOtherProgramsDo() throws Exception {
        on("tiny-sdxl", pipeline -> {
            pipeline.train(request(method(false, LayerKind.LORA, Phases.ALL), null), new TinyWorld.Losses());
            List<Path> files = exported(pipeline);

            assertThat(SafeTensors.open(files.get(0)).entries().keySet())
                    .allMatch(key -> key.startsWith("unet.") && !key.contains("bundle"));
            assertThat(SafeTensors.open(files.get(1)).entries().keySet()).containsExactly("clip_l", "clip_g");
            assertThat(SafeTensors.open(files.get(2)).entries().keySet())
                    .contains("bundle_emb.<sks>.clip_l", "bundle_emb.<sks>.clip_g")
                    .anyMatch(key -> key.startsWith("lora_unet_"));
        });
        on("tiny-sd1", pipeline -> {
            pipeline.train(request(method(false, LayerKind.LORA, Phases.ALL), null), new TinyWorld.Losses());
            List<Path> files = exported(pipeline);

            assertThat(SafeTensors.open(files.get(1)).entries().keySet()).containsExactly("clip_l");
            assertThat(SafeTensors.open(files.get(2)).entries().keySet())
                    .contains("bundle_emb.<sks>.clip_l")
                    .doesNotContain("bundle_emb.<sks>.clip_g");
        });
    }

    /** An adapter that changes nothing could not be exported. */
    @ParameterizedTest
    @CsvSource({"LORA", "LOHA", "LOKR"})
    void resultsInTextualInversionBeforeTheAdapterBegins(LayerKind kind) throws Exception {
        on("tiny-sd1", pipeline -> {
            pipeline.train(request(method(true, kind, new Phases(2, 2)), null), new TinyWorld.Losses() {
                @Override
                public Signal signal() {
                    return values.size() == 2 ? Signal.FINISH : Signal.CONTINUE;
                }
            });

            assertThat(pipeline.exportFormats())
                    .containsExactly(ExportFormat.EMBEDDING_DIFFUSERS, ExportFormat.EMBEDDING_A1111);
        });
    }

    /** With prior images, several passes a step and gradient checkpointing. */
    @Test
    void trainsTheSameWithGradientCheckpointing() throws Exception {
        PivotalTuning method = method(true, LayerKind.LORA, new Phases(1, 2));
        on("tiny-sdxl", pipeline -> {
            TinyWorld.Losses plain = new TinyWorld.Losses();
            pipeline.train(request(method, null), plain);
            pipeline.useBaseWeights();
            TinyWorld.Losses checkpointed = new TinyWorld.Losses();
            TrainingRequest request = request(method, null);
            pipeline.train(
                    new TrainingRequest(
                            method,
                            request.subject(),
                            request.prior(),
                            ((TinySettings) request.settings()).withGradientCheckpointing(),
                            null),
                    checkpointed);

            for (int i = 0; i < STEPS; i++) {
                assertThat(checkpointed.values.get(i)).isCloseTo(plain.values.get(i), within(1e-5));
            }
        });
    }

    private static RgbImage drawn(Pipeline pipeline) {
        return pipeline.generate(TinyWorld.request("a photo of a " + WORD, 1, 2, 1), SILENT)
                .get(0)
                .image();
    }

    private List<Double> resumed(Pipeline pipeline, PivotalTuning method, int stop) throws IOException {
        Path file = temp.resolve("checkpoint");
        TinyWorld.Losses first = new TinyWorld.Losses() {
            @Override
            public Signal signal() {
                return values.size() == stop ? Signal.CHECKPOINT_AND_STOP : Signal.CONTINUE;
            }

            @Override
            public void onCheckpoint(Checkpoint checkpoint) throws IOException {
                try (OutputStream out = Files.newOutputStream(file)) {
                    checkpoint.writeTo(out);
                }
            }
        };
        assertThatExceptionOfType(StoppedException.class).isThrownBy(() -> train(pipeline, method, null, first));
        pipeline.useBaseWeights();
        TinyWorld.Losses second = new TinyWorld.Losses();
        train(pipeline, method, file, second);
        List<Double> losses = new ArrayList<>(first.values);
        losses.addAll(second.values);
        return losses;
    }

    private static void train(
            Pipeline pipeline, PivotalTuning method, @Nullable Path resumeFrom, TrainingListener listener)
            throws IOException {
        pipeline.train(request(method, resumeFrom), listener);
    }

    private static TrainingRequest request(PivotalTuning method, @Nullable Path resumeFrom) throws IOException {
        return new TrainingRequest(
                method,
                new TrainingRequest.Subject(
                        TinyWorld.subject("owl").subList(0, 2), Prompts.fixed("a photo of a " + WORD)),
                new TrainingRequest.Prior(TinyWorld.subject("teddy-bear").subList(0, 2), "a photo of a bird", 1),
                TinyWorld.settings().steps(STEPS).batch(1, 2).rate(0.01),
                resumeFrom);
    }

    private static void on(String family, TinyWorld.Check check) throws Exception {
        Path folder = Path.of("src/test/resources/goldens/" + family + "/model");
        EngineTestThread.run(() -> {
            try (Pipeline pipeline = TorchEngine.start(new EngineOptions("cpu", 0, null, null, true))
                    .open(folder, ScoreEncoders.in(folder))) {
                check.on(pipeline);
            }
        });
    }
}
