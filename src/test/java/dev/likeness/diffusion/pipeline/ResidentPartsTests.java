package dev.likeness.diffusion.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.adapter.LoraTargets;
import dev.likeness.diffusion.method.DreamBooth;
import dev.likeness.diffusion.method.Lora;
import dev.likeness.diffusion.method.Method;
import dev.likeness.diffusion.method.TestMethodSettings.LoraSettings;
import dev.likeness.diffusion.method.TextualInversion;
import dev.likeness.diffusion.model.ModelParts;
import dev.likeness.diffusion.model.ModelParts.Part;
import dev.likeness.diffusion.sampling.GenerationListener;
import dev.likeness.diffusion.tensor.EngineTestThread;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The parts of a model whose weights are in memory during steps, where no part is so small that it always stays. */
class ResidentPartsTests {

    private static final Method LORA = new Lora(new LoraSettings(4, 4, 0, LoraTargets.ATTENTION), false);

    private @Nullable ModelParts parts;

    private Set<Part> loaded() {
        return Objects.requireNonNull(parts).loaded();
    }

    private interface Use {

        void of(Pipeline pipeline) throws Exception;
    }

    private void with(Use use) throws Exception {
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch");
                    Pipeline pipeline = new TorchPipeline(
                            manager, TinyWorld.folder(), ScoreEncoders.in(TinyWorld.folder()), (owner, folder) -> {
                                ModelParts opened = new ModelParts(owner, folder, 0);
                                parts = opened;
                                return opened;
                            })) {
                use.of(pipeline);
            }
        });
    }

    private List<Set<Part>> training(Pipeline pipeline, Method method, TinySettings settings) throws Exception {
        List<Set<Part>> steps = new ArrayList<>();
        pipeline.train(PipelineRuns.request(method, settings, null), new TinyWorld.Losses() {
            @Override
            public void onStep(int step, int total, double loss, double learningRate) {
                steps.add(loaded());
            }
        });
        return steps;
    }

    @Test
    void trainsWithOnlyTheDenoiserIfPicturesAndPromptsAreEncoded() throws Exception {
        with(pipeline -> assertThat(training(pipeline, LORA, new TinySettings().steps(2)))
                .containsExactly(Set.of(), Set.of()));
    }

    @Test
    void keepsTextEncodersThatTrain() throws Exception {
        with(pipeline -> {
            assertThat(training(pipeline, new TextualInversion("sks", 1, "bird", null), new TinySettings().steps(1)))
                    .containsExactly(Set.of(Part.TEXT_ENCODERS));
            pipeline.useBaseWeights();
            assertThat(training(pipeline, new DreamBooth(true), new TinySettings().steps(1)))
                    .containsExactly(Set.of(Part.TEXT_ENCODERS));
        });
    }

    @Test
    void samplesWithOnlyTheDenoiserAndComputesTheSameAgain() throws Exception {
        with(pipeline -> {
            GenerationRequest request = TinyWorld.request(PipelineRuns.PROMPT, 1, 2, 1);
            List<Set<Part>> steps = new ArrayList<>();
            GenerationListener watch = new GenerationListener() {
                @Override
                public void onStep(int done, int total) {
                    steps.add(loaded());
                }

                @Override
                public boolean stopRequested() {
                    return false;
                }
            };
            byte[] first = pipeline.generate(request, watch).get(0).image().rgb();
            assertThat(loaded()).containsExactly(Part.PICTURE_DECODER);
            byte[] second = pipeline.generate(request, watch).get(0).image().rgb();

            assertThat(steps).hasSize(4).allMatch(Set::isEmpty);
            assertThat(second).isEqualTo(first);
        });
    }

    @Test
    void trainsOnAfterPreviewsWithTheSameLossesAndTheSameParts() throws Exception {
        with(pipeline -> {
            TinyWorld.Losses plain = new TinyWorld.Losses();
            pipeline.train(PipelineRuns.request(LORA, new TinySettings().steps(3), null), plain);
            pipeline.useBaseWeights();
            List<Set<Part>> steps = new ArrayList<>();
            TinyWorld.Losses interrupted = new TinyWorld.Losses() {
                @Override
                public void onStep(int step, int total, double loss, double learningRate) {
                    super.onStep(step, total, loss, learningRate);
                    pipeline.generate(TinyWorld.request(PipelineRuns.PROMPT, 1, 1, 1), PipelineRuns.SILENT);
                    steps.add(loaded());
                }
            };
            pipeline.train(PipelineRuns.request(LORA, new TinySettings().steps(3), null), interrupted);

            assertThat(interrupted.values).isEqualTo(plain.values);
            assertThat(steps).hasSize(3).allMatch(Set::isEmpty);
        });
    }

    @Test
    void keepsWeightsThatWereTrainedInMemory() throws Exception {
        with(pipeline -> {
            GenerationRequest request = TinyWorld.request(PipelineRuns.PROMPT, 1, 2, 1);
            byte[] untrained = pipeline.generate(request, PipelineRuns.SILENT)
                    .get(0)
                    .image()
                    .rgb();
            training(pipeline, new DreamBooth(true), new TinySettings().steps(2));
            byte[] trained = pipeline.generate(request, PipelineRuns.SILENT)
                    .get(0)
                    .image()
                    .rgb();

            assertThat(loaded()).contains(Part.TEXT_ENCODERS);
            assertThat(trained).isNotEqualTo(untrained);
            assertThat(pipeline.generate(request, PipelineRuns.SILENT)
                            .get(0)
                            .image()
                            .rgb())
                    .isEqualTo(trained);
        });
    }
}
