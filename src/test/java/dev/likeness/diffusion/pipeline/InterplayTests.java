package dev.likeness.diffusion.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.likeness.diffusion.adapter.AdapterDesign;
import dev.likeness.diffusion.adapter.AdapterDesign.Kronecker;
import dev.likeness.diffusion.adapter.DoraNorms;
import dev.likeness.diffusion.adapter.LayerKind;
import dev.likeness.diffusion.adapter.LayerRanks;
import dev.likeness.diffusion.adapter.LoraTargets;
import dev.likeness.diffusion.adapter.MomentumMode;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.method.DreamBooth;
import dev.likeness.diffusion.method.Lora;
import dev.likeness.diffusion.method.Method;
import dev.likeness.diffusion.method.Momentum;
import dev.likeness.diffusion.method.TextualInversion;
import dev.likeness.diffusion.plan.OptimizerKind;
import dev.likeness.diffusion.schedule.HuberSchedule;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.tensor.StoppedException;
import dev.likeness.diffusion.training.AveragedObjective;
import dev.likeness.diffusion.training.Checkpoint;
import dev.likeness.diffusion.training.LossType;
import dev.likeness.diffusion.training.Prompts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each pair of method, family and setting trains, and resumes with the loss and result of an uninterrupted run. */
class InterplayTests {

    @TempDir
    private Path temp;

    private enum Trained {
        FULL,
        LORA,
        DORA,
        LOHA,
        LOKR,
        INVERSION,
        MOMENTUM
    }

    private enum Kept {
        RAW,
        AVERAGED,
        SCHEDULE_FREE
    }

    private enum Family {
        SD1("tiny-sd1"),
        SD2("tiny-sd2"),
        SD2_FROM_PURE_NOISE("tiny-sd2"),
        SDXL("tiny-sdxl");

        private final String folder;

        Family(String folder) {
            this.folder = folder;
        }
    }

    /** What a test trains with. */
    private record Combination(
            Trained trained,
            Family family,
            Kept kept,
            boolean prior,
            boolean masks,
            boolean buckets,
            boolean checkpointing,
            Extras extras) {

        static Combination of(int[] levels) {
            return new Combination(
                    Trained.values()[levels[0]],
                    Family.values()[levels[1]],
                    Kept.values()[levels[2]],
                    levels[3] == 1,
                    levels[4] == 1,
                    levels[5] == 1,
                    levels[6] == 1,
                    new Extras(levels[7] == 1, levels[8] == 1, levels[9] == 1));
        }

        Method method() {
            return switch (trained) {
                case FULL -> new DreamBooth(true);
                case LORA -> adapter(LayerKind.LORA, DoraNorms.NONE);
                case DORA -> adapter(LayerKind.LORA, DoraNorms.OUTPUTS);
                case LOHA -> adapter(LayerKind.LOHA, DoraNorms.NONE);
                case LOKR -> adapter(LayerKind.LOKR, DoraNorms.INPUTS);
                case INVERSION -> new TextualInversion("<sks>", 2, "bird", null);
                case MOMENTUM ->
                    new TextualInversion(
                            "<sks>",
                            1,
                            "bird",
                            new Momentum(
                                    0.5, kept == Kept.SCHEDULE_FREE ? MomentumMode.ANCHOR : MomentumMode.EMA, "bird"));
            };
        }

        private static Method adapter(LayerKind kind, DoraNorms norms) {
            return new Lora(
                    new Design(new AdapterDesign(kind, LayerRanks.of(2, 2), norms, false, false, Kronecker.CLOSEST)),
                    true);
        }
    }

    private record Extras(boolean accumulation, boolean huber, boolean pyramid) {}

    private record Design(AdapterDesign design) implements Lora.Settings {

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
            return LoraTargets.ATTENTION;
        }
    }

    static Stream<Combination> combinations() {
        return new PairwiseCover(
                        Trained.values().length, Family.values().length, Kept.values().length, 2, 2, 2, 2, 2, 2, 2)
                .all().stream().map(Combination::of);
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void resumesWithTheSameLoss(Combination each) throws Exception {
        Path folder = Path.of("src/test/resources/goldens", each.family.folder, "model");
        EngineTestThread.run(() -> {
            try (Pipeline pipeline = TorchEngine.start(new EngineOptions("cpu", 0, null, null, true))
                    .open(folder, ScoreEncoders.in(folder))) {
                TinyWorld.Losses whole = new TinyWorld.Losses();
                train(pipeline, each, null, whole);
                byte[] weights = weights(pipeline);
                Path file = temp.resolve("checkpoint");
                assertThatExceptionOfType(StoppedException.class)
                        .isThrownBy(() -> train(pipeline, each, null, new Stopping(file)));
                TinyWorld.Losses rest = new TinyWorld.Losses();
                train(pipeline, each, file, rest);

                assertThat(whole.values).hasSize(3).doesNotHaveDuplicates().allMatch(it -> it > 0 && it < 100);
                assertThat(rest.values).containsExactly(whole.values.get(2));
                assertThat(weights(pipeline)).isEqualTo(weights);
            }
        });
    }

    private static void train(Pipeline pipeline, Combination each, @Nullable Path from, TinyWorld.Losses losses)
            throws IOException {
        RgbImage owl = TinyWorld.subject("owl").get(0);
        RgbImage half = mask(owl);
        List<RgbImage> images = List.of(owl, new RgbImage(64, 48, Arrays.copyOf(owl.rgb(), 64 * 48 * 3)));
        TrainingRequest.Subject plain = new TrainingRequest.Subject(images, Prompts.fixed(PipelineRuns.PROMPT), null);
        TrainingRequest.Masks masks =
                each.masks ? new TrainingRequest.Masks(List.of(Optional.of(half), Optional.empty()), 0.1) : null;
        pipeline.useBaseWeights();
        pipeline.train(
                new TrainingRequest(
                        each.method(),
                        new TrainingRequest.Subject(images, plain.prompts(), null, plain.focuses(), masks),
                        each.prior
                                ? new TrainingRequest.Prior(
                                        TinyWorld.subject("teddy-bear").subList(0, 2), "a photo of a bird", 0.5)
                                : null,
                        settings(each),
                        from),
                losses);
    }

    private static TinySettings settings(Combination each) {
        TinySettings settings = new Settings(each)
                .steps(3)
                .batch(1, each.extras.accumulation ? 2 : 1)
                .rate(1e-3);
        if (each.buckets) {
            settings = settings.withBuckets();
        }
        if (each.checkpointing) {
            settings = settings.withGradientCheckpointing();
        }
        return each.kept == Kept.SCHEDULE_FREE
                ? settings.optimizer(OptimizerKind.ADAMW_SCHEDULE_FREE.wire())
                : settings;
    }

    private static byte[] weights(Pipeline pipeline) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        pipeline.saveWeights(out);
        return out.toByteArray();
    }

    private static RgbImage mask(RgbImage image) {
        byte[] rgb = new byte[image.rgb().length];
        Arrays.fill(rgb, 0, rgb.length / 2, (byte) -1);
        return new RgbImage(image.width(), image.height(), rgb);
    }

    private record Average(
            double decay, double minDecay, int updateAfterStep, boolean warmup, double invGamma, double power)
            implements AveragedObjective.Settings {}

    private static final class Settings extends TinySettings {

        private final Combination each;

        Settings(Combination each) {
            this.each = each;
        }

        @Override
        public LossType lossType() {
            return each.extras.huber ? LossType.HUBER : LossType.L2;
        }

        @Override
        public HuberSchedule huberSchedule() {
            return HuberSchedule.EXPONENTIAL;
        }

        @Override
        public boolean zeroTerminalSnr() {
            return each.family == Family.SD2_FROM_PURE_NOISE;
        }

        @Override
        public int multiresNoiseIterations() {
            return each.extras.pyramid ? 6 : 0;
        }

        @Override
        public AveragedObjective.@Nullable Settings average() {
            return each.kept == Kept.AVERAGED ? new Average(0.9, 0, 0, true, 1, 0.75) : null;
        }
    }

    private static final class Stopping extends TinyWorld.Losses {

        private final Path file;

        Stopping(Path file) {
            this.file = file;
        }

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
    }
}
