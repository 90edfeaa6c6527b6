package dev.likeness.diffusion.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.likeness.diffusion.adapter.LoraTargets;
import dev.likeness.diffusion.adapter.MomentumMode;
import dev.likeness.diffusion.data.Focus;
import dev.likeness.diffusion.data.Framing;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.data.TrainingFrame;
import dev.likeness.diffusion.face.FaceCrop;
import dev.likeness.diffusion.face.FacialLoss;
import dev.likeness.diffusion.method.DreamBooth;
import dev.likeness.diffusion.method.Lora;
import dev.likeness.diffusion.method.Method;
import dev.likeness.diffusion.method.Momentum;
import dev.likeness.diffusion.method.TestMethodSettings.LoraSettings;
import dev.likeness.diffusion.method.TextualInversion;
import dev.likeness.diffusion.schedule.RandomDraws;
import dev.likeness.diffusion.schedule.RandomDraws.Purpose;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.tensor.StoppedException;
import dev.likeness.diffusion.training.Checkpoint;
import dev.likeness.diffusion.training.Prompts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Masks, aspect-ratio buckets and crops around a place, in whole training runs. */
class FramedTrainingTests {

    private static final TinySettings ONE = TinyWorld.settings().steps(1).batch(1, 1);
    private static final double ROUNDING = 0.001;

    @TempDir
    private Path temp;

    /** A face covers all of the picture, so that both terms of the loss have the mask. */
    @ParameterizedTest
    @EnumSource
    void halvesOfAMaskAddUpToTheLossWithoutOne(FacialLoss region) throws Exception {
        TinyWorld.with(pipeline -> {
            RgbImage owl = owl();
            TrainingRequest.Faces faces =
                    new TrainingRequest.Faces(List.of(Optional.of(new FaceCrop(0, 0, owl.width()))), region, 0.5);
            double none = losses(pipeline, ONE, subject(List.of(owl), faces, null), null)
                    .get(0);
            double left = masked(pipeline, owl, faces, mask(owl, true, false), 0);
            double right = masked(pipeline, owl, faces, mask(owl, false, true), 0);

            assertThat(left).isPositive();
            assertThat(right).isPositive();
            assertThat(left + right).isCloseTo(none, withinPercentage(ROUNDING));
            assertThat(masked(pipeline, owl, faces, mask(owl, true, true), 0))
                    .isCloseTo(none, withinPercentage(ROUNDING));
            assertThat(masked(pipeline, owl, faces, mask(owl, true, false), 0.25))
                    .isCloseTo(left + 0.25 * right, withinPercentage(ROUNDING));
        });
    }

    private static double masked(
            Pipeline pipeline, RgbImage image, TrainingRequest.Faces faces, RgbImage mask, double outside)
            throws IOException {
        TrainingRequest.Masks masks = new TrainingRequest.Masks(List.of(Optional.of(mask)), outside);
        return losses(pipeline, ONE, subject(List.of(image), faces, masks), null)
                .get(0);
    }

    @Test
    void classImagesAreNotMasked() throws Exception {
        TinyWorld.with(pipeline -> {
            TrainingRequest.Masks black = new TrainingRequest.Masks(List.of(Optional.of(mask(owl(), false, false))), 0);
            double both = losses(pipeline, ONE, subject(List.of(owl()), null, null), prior(1))
                    .get(0);
            double own = losses(pipeline, ONE, subject(List.of(owl()), null, null), null)
                    .get(0);

            assertThat(losses(pipeline, ONE, subject(List.of(owl()), null, black), prior(1))
                            .get(0))
                    .isCloseTo(both - own, withinPercentage(ROUNDING));
        });
    }

    @Test
    void aMaskIsMirroredWithItsPicture() throws Exception {
        TinyWorld.with(pipeline -> {
            long seed = 0;
            while (new RandomDraws(seed).below(2, Purpose.FLIP, 0, 0) == 0) {
                seed++;
            }
            RgbImage half = mask(owl(), true, false);

            assertThat(losses(
                            pipeline,
                            ONE.seed(seed).withRandomFlip(),
                            subject(List.of(owl()), null, masks(half)),
                            null))
                    .isEqualTo(losses(
                            pipeline,
                            ONE.seed(seed),
                            subject(List.of(mirrored(owl())), null, masks(mirrored(half))),
                            null));
        });
    }

    @Test
    void theBucketOfASquareIsTheSquare() throws Exception {
        TinyWorld.with(pipeline -> {
            TinySettings settings = TinyWorld.settings().steps(3).batch(1, 2);
            TrainingRequest.Subject subject = subject(TinyWorld.subject("owl"), null, null);

            assertThat(losses(pipeline, settings.withBuckets(), subject, prior(1)))
                    .isEqualTo(losses(pipeline, settings, subject, prior(1)));
        });
    }

    /** Pictures of a pass that differ in size are apart in the network, and their gradients are added. */
    @Test
    void gradientsOfBothSizesArrive() throws Exception {
        TinyWorld.with(pipeline -> {
            TinySettings settings = TinyWorld.settings().steps(3).batch(1, 1).rate(0.001);
            TinySettings buckets = settings.withBuckets();
            TrainingRequest.Subject wide = subject(List.of(wide()), null, null);
            TrainingRequest.Masks black = masks(mask(wide(), false, false));

            assertThat(losses(pipeline, buckets, wide, prior(0))).isEqualTo(losses(pipeline, buckets, wide, null));
            List<Double> ofClass = losses(pipeline, buckets, subject(List.of(wide()), null, black), prior(1));
            List<Double> besideASquare = losses(
                    pipeline, settings, subject(List.of(owl()), null, masks(mask(owl(), false, false))), prior(1));
            PipelineRuns.assertClose(ofClass, besideASquare, 0.1);
            assertThat(ofClass.get(2)).isPositive();
        });
    }

    @Test
    void aCropHasTheFocusInItsMiddle() throws Exception {
        TinyWorld.with(pipeline -> {
            RgbImage wide = wide();
            Focus focus = new Focus(wide.width() / 4.0 + 20, 0);
            TrainingFrame frame = new Framing(TinyWorld.SIDE, 0, false)
                    .frames(wide.width(), wide.height(), Optional.of(focus))
                    .get(0);
            RgbImage around = frame.cut(frame.resized(wide));

            assertThat(losses(pipeline, ONE, focused(wide, focus), null))
                    .isEqualTo(losses(pipeline, ONE, subject(List.of(around), null, null), null))
                    .isNotEqualTo(losses(pipeline, ONE, subject(List.of(wide), null, null), null));
        });
    }

    private static TrainingRequest.Subject focused(RgbImage image, Focus focus) {
        return new TrainingRequest.Subject(
                List.of(image), Prompts.fixed(PipelineRuns.PROMPT), null, List.of(Optional.of(focus)), null);
    }

    static Stream<Arguments> resumed() {
        return Stream.of(
                Arguments.of(null, new DreamBooth(true), false),
                Arguments.of("tiny-sd1", new TextualInversion("<sks>", 2, "bird", null), true),
                Arguments.of(
                        "tiny-sd2",
                        new TextualInversion("<sks>", 1, "bird", new Momentum(0.5, MomentumMode.EMA, "bird")),
                        false),
                Arguments.of("tiny-sdxl", new Lora(new LoraSettings(4, 4, 0.5, LoraTargets.ATTENTION), true), true));
    }

    /** With everything at once: buckets, random crops, mirrors, masks, faces, class images, batches and accumulation. */
    @ParameterizedTest
    @MethodSource("resumed")
    void resumesWithTheSameLosses(@Nullable String model, Method method, boolean checkpointing) throws Exception {
        with(model, pipeline -> {
            TinySettings plain = TinyWorld.settings()
                    .steps(4)
                    .batch(2, 2)
                    .rate(0.001)
                    .withBuckets()
                    .withRandomCrop()
                    .withRandomFlip();
            TinySettings settings = checkpointing ? plain.withGradientCheckpointing() : plain;
            TrainingRequest.Subject subject = everything();
            TinyWorld.Losses whole = new TinyWorld.Losses();
            pipeline.train(new TrainingRequest(method, subject, prior(1), settings, null), whole);
            pipeline.useBaseWeights();
            Path file = temp.resolve("checkpoint");
            TinyWorld.Losses first = new TinyWorld.Losses() {
                @Override
                public Signal signal() {
                    return values.size() == 2 ? Signal.CHECKPOINT_AND_STOP : Signal.CONTINUE;
                }

                @Override
                public void onCheckpoint(Checkpoint checkpoint) throws IOException {
                    try (OutputStream out = Files.newOutputStream(file)) {
                        checkpoint.writeTo(out);
                    }
                }
            };
            assertThatExceptionOfType(StoppedException.class)
                    .isThrownBy(() ->
                            pipeline.train(new TrainingRequest(method, subject, prior(1), settings, null), first));
            pipeline.useBaseWeights();
            TinyWorld.Losses second = new TinyWorld.Losses();
            pipeline.train(new TrainingRequest(method, subject, prior(1), settings, file), second);

            List<Double> losses = new ArrayList<>(first.values);
            losses.addAll(second.values);
            assertThat(losses).isEqualTo(whole.values).hasSize(4).allMatch(it -> it > 0 && Double.isFinite(it));
            assertThat(losses).doesNotHaveDuplicates();
        });
    }

    private static TrainingRequest.Subject everything() throws IOException {
        List<RgbImage> images = List.of(owl(), wide(), TinyWorld.subject("owl").get(2), wide());
        TrainingRequest.Faces faces = new TrainingRequest.Faces(
                List.of(
                        Optional.of(new FaceCrop(10, 10, 30)),
                        Optional.of(new FaceCrop(60, 5, 40)),
                        Optional.empty(),
                        Optional.of(new FaceCrop(0, 0, 20))),
                FacialLoss.CROP,
                0.5);
        TrainingRequest.Masks masks = new TrainingRequest.Masks(
                List.of(
                        Optional.of(mask(owl(), true, false)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(mask(wide(), false, true))),
                0.1);
        return subject(images, faces, masks);
    }

    private static void with(@Nullable String model, TinyWorld.Check check) throws Exception {
        if (model == null) {
            TinyWorld.with(check);
            return;
        }
        Path folder = Path.of("src/test/resources/goldens", model, "model");
        EngineTestThread.run(() -> {
            try (TorchEngine engine = TorchEngine.start(new EngineOptions("cpu", 0, null, null, true));
                    Pipeline pipeline = engine.open(folder, ScoreEncoders.in(folder))) {
                check.on(pipeline);
            }
        });
    }

    private static List<Double> losses(
            Pipeline pipeline,
            TinySettings settings,
            TrainingRequest.Subject subject,
            TrainingRequest.@Nullable Prior prior) {
        TinyWorld.Losses losses = new TinyWorld.Losses();
        pipeline.useBaseWeights();
        pipeline.train(new TrainingRequest(new DreamBooth(false), subject, prior, settings, null), losses);
        return losses.values;
    }

    private static TrainingRequest.Subject subject(
            List<RgbImage> images, TrainingRequest.@Nullable Faces faces, TrainingRequest.@Nullable Masks masks) {
        TrainingRequest.Subject plain = new TrainingRequest.Subject(images, Prompts.fixed(PipelineRuns.PROMPT), faces);
        return new TrainingRequest.Subject(images, plain.prompts(), faces, plain.focuses(), masks);
    }

    private static TrainingRequest.Prior prior(double weight) throws IOException {
        return new TrainingRequest.Prior(TinyWorld.subject("teddy-bear"), "a photo of a bird", weight);
    }

    private static TrainingRequest.Masks masks(RgbImage mask) {
        return new TrainingRequest.Masks(List.of(Optional.of(mask)), 0);
    }

    private static RgbImage owl() throws IOException {
        return TinyWorld.subject("owl").get(0);
    }

    /** The owl on the left, and a bear on the right. */
    private static RgbImage wide() throws IOException {
        RgbImage left = owl();
        RgbImage right = TinyWorld.subject("teddy-bear").get(0);
        int row = left.width() * 3;
        byte[] rgb = new byte[2 * left.rgb().length];
        for (int y = 0; y < left.height(); y++) {
            System.arraycopy(left.rgb(), y * row, rgb, 2 * y * row, row);
            System.arraycopy(right.rgb(), y * row, rgb, (2 * y + 1) * row, row);
        }
        return new RgbImage(2 * left.width(), left.height(), rgb);
    }

    /** White in the left half, the right half, or both. */
    private static RgbImage mask(RgbImage image, boolean left, boolean right) {
        RgbImage mask = new RgbImage(image.width(), image.height(), new byte[image.rgb().length]);
        for (int i = 0; i < image.width() * image.height(); i++) {
            boolean white = i % image.width() < image.width() / 2 ? left : right;
            Arrays.fill(mask.rgb(), 3 * i, 3 * i + 3, (byte) (white ? -1 : 0));
        }
        return mask;
    }

    private static RgbImage mirrored(RgbImage image) {
        RgbImage mirrored = new RgbImage(image.width(), image.height(), new byte[image.rgb().length]);
        for (int i = 0; i < image.width() * image.height(); i++) {
            int x = i % image.width();
            System.arraycopy(image.rgb(), 3 * i, mirrored.rgb(), 3 * (i - x + image.width() - 1 - x), 3);
        }
        return mirrored;
    }
}
