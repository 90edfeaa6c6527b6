package dev.likeness.diffusion.pipeline;

import static dev.likeness.diffusion.pipeline.PipelineRuns.SILENT;
import static dev.likeness.diffusion.pipeline.PipelineRuns.request;
import static dev.likeness.diffusion.pipeline.PipelineRuns.worst;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.likeness.diffusion.adapter.AdapterDesign;
import dev.likeness.diffusion.adapter.AdapterDesign.Kronecker;
import dev.likeness.diffusion.adapter.AdapterScales;
import dev.likeness.diffusion.adapter.DoraNorms;
import dev.likeness.diffusion.adapter.LayerKind;
import dev.likeness.diffusion.adapter.LayerNumbers;
import dev.likeness.diffusion.adapter.LayerRanks;
import dev.likeness.diffusion.adapter.LoraTargets;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.method.ExportFormat;
import dev.likeness.diffusion.method.Lora;
import dev.likeness.diffusion.method.Method;
import dev.likeness.diffusion.tensor.StoppedException;
import dev.likeness.diffusion.training.Checkpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Training with adapters of every kind. */
class AdapterKindTrainingTests {

    @TempDir
    private Path temp;

    private record Settings(LoraTargets targets, AdapterDesign design) implements Lora.Settings {

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
    }

    static Stream<Arguments> kinds() {
        LayerRanks ranks = new LayerRanks(
                4,
                4,
                2,
                1.0,
                new LayerNumbers("rank_pattern", List.of("mid_block.*=3")),
                new LayerNumbers("alpha_pattern", List.of("to_out.0=2")));
        return Stream.of(
                Arguments.of(
                        new AdapterDesign(LayerKind.LORA, ranks, DoraNorms.OUTPUTS, false, false, Kronecker.CLOSEST),
                        LoraTargets.ALL,
                        2),
                Arguments.of(
                        new AdapterDesign(LayerKind.LOHA, ranks, DoraNorms.INPUTS, false, true, Kronecker.CLOSEST),
                        LoraTargets.ALL,
                        1),
                Arguments.of(
                        new AdapterDesign(
                                LayerKind.LOKR,
                                LayerRanks.of(2, 2),
                                DoraNorms.NONE,
                                false,
                                true,
                                new Kronecker(4, true)),
                        LoraTargets.LINEAR,
                        1));
    }

    /** Resumed, and with gradient checkpointing, and read from every file that is exported. LoRA without norms has such tests elsewhere. */
    @ParameterizedTest
    @MethodSource("kinds")
    void trainsResumesSavesAndExports(AdapterDesign design, LoraTargets targets, int formats) throws Exception {
        TinyWorld.with(pipeline -> {
            Method method = new Lora(new Settings(targets, design), true);
            TinySettings settings = TinyWorld.settings().steps(2).batch(1, 1).rate(0.01);
            GenerationRequest drawing = TinyWorld.request("a photo of a <sks> bird", 1, 2, 1);
            RgbImage base = pipeline.generate(drawing, SILENT).get(0).image();
            TinyWorld.Losses whole = new TinyWorld.Losses();
            pipeline.train(request(method, settings, null), whole);
            RgbImage trained = pipeline.generate(drawing, SILENT).get(0).image();
            Path weights = temp.resolve("weights");
            try (OutputStream out = Files.newOutputStream(weights)) {
                pipeline.saveWeights(out);
            }
            List<Path> exports = new ArrayList<>();
            for (ExportFormat format : pipeline.exportFormats()) {
                Path file = temp.resolve(format.name());
                try (OutputStream out = Files.newOutputStream(file)) {
                    pipeline.export(format, out);
                }
                pipeline.verifyExport(format, file);
                exports.add(file);
            }
            pipeline.fuseAdapters(true);
            RgbImage fused = pipeline.generate(drawing, SILENT).get(0).image();
            pipeline.fuseAdapters(false);

            assertThat(exports).hasSize(formats);
            assertThat(worst(trained, base)).isGreaterThan(3);
            assertThat(worst(fused, trained)).isLessThanOrEqualTo(2);
            pipeline.useBaseWeights();
            assertThat(pipeline.generate(drawing, SILENT).get(0).image().rgb()).isEqualTo(base.rgb());
            pipeline.loadWeights(weights);
            assertThat(pipeline.generate(drawing, SILENT).get(0).image().rgb()).isEqualTo(trained.rgb());
            for (Path file : exports) {
                pipeline.useBaseWeights();
                pipeline.loadAdapter(file, AdapterScales.FULL, null);
                assertThat(worst(pipeline.generate(drawing, SILENT).get(0).image(), trained))
                        .isLessThanOrEqualTo(1);
            }

            pipeline.useBaseWeights();
            assertThat(resumed(pipeline, method, settings)).isEqualTo(whole.values);
            pipeline.useBaseWeights();
            TinyWorld.Losses checkpointed = new TinyWorld.Losses();
            pipeline.train(request(method, settings.withGradientCheckpointing(), null), checkpointed);
            for (int i = 0; i < 2; i++) {
                assertThat(checkpointed.values.get(i)).isCloseTo(whole.values.get(i), within(1e-5));
            }
        });
    }

    private List<Double> resumed(Pipeline pipeline, Method method, TinySettings settings) throws IOException {
        Path file = temp.resolve("checkpoint");
        TinyWorld.Losses first = new TinyWorld.Losses() {
            @Override
            public Signal signal() {
                return values.size() == 1 ? Signal.CHECKPOINT_AND_STOP : Signal.CONTINUE;
            }

            @Override
            public void onCheckpoint(Checkpoint checkpoint) throws IOException {
                try (OutputStream out = Files.newOutputStream(file)) {
                    checkpoint.writeTo(out);
                }
            }
        };
        assertThatExceptionOfType(StoppedException.class)
                .isThrownBy(() -> pipeline.train(request(method, settings, null), first));
        pipeline.useBaseWeights();
        TinyWorld.Losses second = new TinyWorld.Losses();
        pipeline.train(request(method, settings, file), second);
        List<Double> losses = new ArrayList<>(first.values);
        losses.addAll(second.values);
        return losses;
    }
}
