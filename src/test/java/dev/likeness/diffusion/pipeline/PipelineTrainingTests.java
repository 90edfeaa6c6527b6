package dev.likeness.diffusion.pipeline;

import static dev.likeness.diffusion.pipeline.PipelineRuns.PROMPT;
import static dev.likeness.diffusion.pipeline.PipelineRuns.assertClose;
import static dev.likeness.diffusion.pipeline.PipelineRuns.losses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.likeness.diffusion.adapter.MomentumMode;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.face.FaceCrop;
import dev.likeness.diffusion.face.FacialLoss;
import dev.likeness.diffusion.method.DreamBooth;
import dev.likeness.diffusion.method.Momentum;
import dev.likeness.diffusion.method.TextualInversion;
import dev.likeness.diffusion.training.AveragedObjective;
import dev.likeness.diffusion.training.AveragedObjectiveTests;
import dev.likeness.diffusion.training.Checkpoint;
import dev.likeness.diffusion.training.Prompts;
import dev.likeness.diffusion.training.TrainingSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The losses of training runs. */
class PipelineTrainingTests {

    @TempDir
    private Path folder;

    /** If the face is the whole picture, its loss is the picture's loss, in both variants. */
    @ParameterizedTest
    @EnumSource
    void aFaceAddsItsOwnLoss(FacialLoss region) throws Exception {
        TinyWorld.with(pipeline -> {
            List<RgbImage> owl = TinyWorld.subject("owl").subList(0, 1);
            List<Optional<FaceCrop>> whole =
                    List.of(Optional.of(new FaceCrop(0, 0, owl.get(0).width())));
            TinyWorld.Losses without = new TinyWorld.Losses();
            pipeline.train(faces(owl, null), without);
            pipeline.useBaseWeights();

            TinyWorld.Losses with = new TinyWorld.Losses();
            pipeline.train(faces(owl, new TrainingRequest.Faces(whole, region, 0.5)), with);

            assertThat(with.values.get(0)).isCloseTo(1.5 * without.values.get(0), withPercentage(0.01));
        });
    }

    private static TrainingRequest faces(List<RgbImage> pictures, TrainingRequest.@Nullable Faces faces) {
        return new TrainingRequest(
                new DreamBooth(false),
                new TrainingRequest.Subject(pictures, Prompts.fixed(PROMPT), faces),
                null,
                TinyWorld.settings().steps(1).batch(1, 1),
                null);
    }

    @Test
    void cutsSquaresOutAtRandomWhereThereIsMoreThanOne() throws Exception {
        TinyWorld.with(pipeline -> {
            RgbImage square = TinyWorld.subject("owl").get(0);
            RgbImage wide = beside(square, TinyWorld.subject("teddy-bear").get(0));

            assertThat(cropped(pipeline, square, true)).isEqualTo(cropped(pipeline, square, false));
            assertThat(cropped(pipeline, wide, true)).isNotEqualTo(cropped(pipeline, wide, false));
            assertThat(cropped(pipeline, wide, true)).isEqualTo(cropped(pipeline, wide, true));
        });
    }

    private static List<Double> cropped(Pipeline pipeline, RgbImage picture, boolean atRandom) {
        TinySettings settings = TinyWorld.settings().steps(2).batch(1, 1);
        TinyWorld.Losses losses = new TinyWorld.Losses();
        pipeline.useBaseWeights();
        pipeline.train(
                new TrainingRequest(
                        new DreamBooth(false),
                        new TrainingRequest.Subject(List.of(picture), Prompts.fixed(PROMPT)),
                        null,
                        (atRandom ? settings.withRandomCrop() : settings),
                        null),
                losses);
        return losses.values;
    }

    private static RgbImage beside(RgbImage left, RgbImage right) {
        int row = left.width() * 3;
        byte[] rgb = new byte[2 * left.rgb().length];
        for (int y = 0; y < left.height(); y++) {
            System.arraycopy(left.rgb(), y * row, rgb, 2 * y * row, row);
            System.arraycopy(right.rgb(), y * row, rgb, (2 * y + 1) * row, row);
        }
        return new RgbImage(2 * left.width(), left.height(), rgb);
    }

    /** With Adam and no weight decay, the anchor reduces a step of any size to gamma times the rate. */
    @Test
    void momentumTextualInversionEqualsPlainInversionAtGammaTimesTheRate() throws Exception {
        TinyWorld.with(pipeline -> {
            TinySettings settings = TinyWorld.settings().steps(5).batch(2, 1).withoutDecay();
            TinyWorld.Losses momentum = new TinyWorld.Losses();
            pipeline.train(inversion(new Momentum(0.25, MomentumMode.ANCHOR, "bird"), settings.rate(0.04)), momentum);
            pipeline.useBaseWeights();

            TinyWorld.Losses plain = new TinyWorld.Losses();
            pipeline.train(inversion(null, settings.rate(0.01)), plain);

            assertClose(momentum.values, plain.values, 0.1);
        });
    }

    private static TrainingRequest inversion(@Nullable Momentum momentum, TrainingSettings settings)
            throws IOException {
        return new TrainingRequest(
                new TextualInversion("<sks>", 1, "bird", momentum),
                new TrainingRequest.Subject(TinyWorld.subject("owl"), Prompts.fixed("a photo of a <sks>")),
                null,
                settings,
                null);
    }

    @Test
    void gradientCheckpointingChangesNothing() throws Exception {
        TinyWorld.with(pipeline -> {
            List<Double> plain = losses(pipeline, TinyWorld.settings());

            List<Double> checkpointed = losses(pipeline, TinyWorld.settings().withGradientCheckpointing());

            assertClose(checkpointed, plain, 0.01);
        });
    }

    @Test
    @Tag("acceptance")
    void fp16TrainsAlikeWithAScaledLoss() throws Exception {
        TinyWorld.with(pipeline -> {
            List<Double> fp32 = losses(pipeline, TinyWorld.settings());

            List<Double> fp16 = losses(pipeline, TinyWorld.settings().precision("fp16"));

            assertThat(fp16).isNotEqualTo(fp32);
            assertClose(fp16, fp32, 3);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"adamw_8bit", "adafactor", "lion", "prodigy", "adamw_schedule_free"})
    void otherOptimizersTrainToo(String optimizer) throws Exception {
        TinyWorld.with(pipeline -> {
            List<Double> losses =
                    losses(pipeline, TinyWorld.settings().batch(1, 1).optimizer(optimizer));

            assertThat(losses).hasSize(3).allMatch(Double::isFinite).doesNotHaveDuplicates();
        });
    }

    /** Images and saved weights show x, and training continues from y as without them. */
    @Test
    void scheduleFreeTrainingResultsInItsAverage() throws Exception {
        TinyWorld.with(pipeline -> {
            TinySettings settings = TinyWorld.settings().steps(3).batch(1, 1).optimizer("adamw_schedule_free");
            TinyWorld.Losses alone = new TinyWorld.Losses();
            pipeline.train(inversion(null, settings), alone);
            byte[] result = saved(pipeline);
            pipeline.useBaseWeights();
            List<byte[]> between = new ArrayList<>();
            TinyWorld.Losses watched = new TinyWorld.Losses() {
                @Override
                public void onStep(int step, int total, double loss, double learningRate) {
                    super.onStep(step, total, loss, learningRate);
                    between.add(saved(pipeline));
                }
            };

            pipeline.train(inversion(null, settings), watched);

            assertThat(watched.values).isEqualTo(alone.values);
            assertThat(saved(pipeline)).isEqualTo(result);
            assertThat(between.get(2)).isEqualTo(result);
            assertThat(between.get(1)).isNotEqualTo(result);
        });
    }

    /** The average is the result, the steps are those without it, and a run that was stopped ends with the same average. */
    @Test
    void averagesWhatIsTrainedWithoutChangingTheTraining() throws Exception {
        TinyWorld.with(pipeline -> {
            TinySettings plain = TinyWorld.settings().steps(4).batch(1, 1);
            TinyWorld.Losses alone = new TinyWorld.Losses();
            pipeline.train(inversion(null, plain), alone);
            byte[] raw = saved(pipeline);
            pipeline.useBaseWeights();
            Path checkpoint = folder.resolve("checkpoint");
            List<byte[]> between = new ArrayList<>();
            List<byte[]> themselves = new ArrayList<>();
            TinyWorld.Losses watched = new TinyWorld.Losses() {
                @Override
                public void onStep(int step, int total, double loss, double learningRate) {
                    super.onStep(step, total, loss, learningRate);
                    between.add(saved(pipeline));
                    pipeline.useAverage(false);
                    themselves.add(saved(pipeline));
                    // After the last step the average is the result in any case.
                    pipeline.useAverage(step < total);
                }

                @Override
                public void onCheckpoint(Checkpoint kept) throws IOException {
                    if (kept.step() == 2) {
                        try (OutputStream out = Files.newOutputStream(checkpoint)) {
                            kept.writeTo(out);
                        }
                    }
                }
            };
            TinySettings averaged = new Averaged().steps(4).batch(1, 1).checkpointEvery(Duration.ZERO);
            pipeline.train(inversion(null, averaged), watched);
            byte[] result = saved(pipeline);
            pipeline.useBaseWeights();
            TinyWorld.Losses resumed = new TinyWorld.Losses() {
                @Override
                public void onCheckpoint(Checkpoint kept) {}
            };
            TrainingRequest rest = inversion(null, averaged);
            pipeline.train(new TrainingRequest(rest.method(), rest.subject(), null, averaged, checkpoint), resumed);

            assertThat(watched.values).isEqualTo(alone.values);
            assertThat(themselves.get(3)).isEqualTo(raw);
            assertThat(result).isNotEqualTo(raw).isEqualTo(between.get(3)).isNotEqualTo(between.get(2));
            assertThat(resumed.values).isEqualTo(alone.values.subList(2, 4));
            assertThat(saved(pipeline)).isEqualTo(result);
        });
    }

    private static final class Averaged extends TinySettings {

        @Override
        public AveragedObjective.Settings average() {
            return new AveragedObjectiveTests.Ema(0.5, 0, 0, false, 1, 1);
        }
    }

    private static byte[] saved(Pipeline pipeline) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            pipeline.saveWeights(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void bf16TrainsAlike() throws Exception {
        TinyWorld.with(pipeline -> {
            List<Double> fp32 = losses(pipeline, TinyWorld.settings());

            List<Double> bf16 = losses(pipeline, TinyWorld.settings().precision("bf16"));

            assertThat(bf16).isNotEqualTo(fp32);
            assertClose(bf16, fp32, 3);
        });
    }

    @Test
    void accumulatesPassesIntoOneStep() throws Exception {
        TinyWorld.with(pipeline -> {
            List<Double> losses = losses(pipeline, TinyWorld.settings().batch(1, 4));

            assertClose(losses, losses(pipeline, TinyWorld.settings().batch(4, 1)), 0.01);
        });
    }
}
