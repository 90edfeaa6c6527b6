package dev.likeness.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.data.Offset.offset;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.StoppedException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingLoopTests {

    private static final AdamW.Settings ADAMW = new AdamW.Constants(0.9, 0.999, 0.01, 1e-8);

    @TempDir
    private Path folder;

    @Test
    void freesEverythingAStepNeeds() throws Exception {
        onEngine(run -> {
            run.train(settings(1, 2), new Recorder());
            run.manager.cap();

            run.train(settings(20, 2), new Recorder());
        });
    }

    @Test
    void adjustsParametersTowardsTheTarget() throws Exception {
        onEngine(run -> {
            Recorder recorder = new Recorder();

            TrainingSummary summary = run.train(settings(200, 1), recorder);

            assertThat(recorder.losses).hasSize(200);
            assertThat(recorder.losses.get(199)).isLessThan(recorder.losses.get(0) / 10);
            assertThat(summary.stepsRun()).isEqualTo(200);
            assertThat(summary.finalLoss()).isEqualTo(recorder.losses.get(199));
        });
    }

    @Test
    void severalPassesGiveTheStepOfOneLargeBatch() throws Exception {
        onEngine(run -> {
            Recorder one = new Recorder();
            Recorder four = new Recorder();
            run.train(settings(10, 1), one);
            run.restart();

            run.train(settings(10, 4), four);

            for (int i = 0; i < 10; i++) {
                assertThat(four.losses.get(i)).isCloseTo(one.losses.get(i), offset(1e-5));
            }
        });
    }

    @Test
    void resumesWithTheSameLosses() throws Exception {
        onEngine(run -> {
            Recorder whole = new Recorder();
            run.train(settings(30, 1), whole);
            run.restart();
            Recorder first = new Recorder();
            first.stopAt = 17;
            first.file = folder.resolve("checkpoint");
            assertThatExceptionOfType(StoppedException.class).isThrownBy(() -> run.train(settings(30, 1), first));
            run.restart();

            Recorder second = new Recorder();
            int step = run.resume(folder.resolve("checkpoint"), settings(30, 1), second);

            assertThat(step).isEqualTo(17);
            List<Double> losses = new ArrayList<>(first.losses);
            losses.addAll(second.losses);
            assertThat(losses).isEqualTo(whole.losses);
        });
    }

    @Test
    void refusesTheCheckpointOfAnotherRun() throws Exception {
        onEngine(run -> {
            Recorder first = new Recorder();
            first.stopAt = 2;
            first.file = folder.resolve("checkpoint");
            assertThatExceptionOfType(StoppedException.class).isThrownBy(() -> run.train(settings(9, 1), first));

            assertThatExceptionOfType(InvalidModelException.class)
                    .isThrownBy(() ->
                            run.resume(folder.resolve("checkpoint"), "another run", settings(9, 1), new Recorder()))
                    .withMessageContaining("another run");
        });
    }

    @Test
    void stopsWithoutACheckpointWhenToldTo() throws Exception {
        onEngine(run -> {
            Recorder recorder = new Recorder();
            recorder.stopAt = 3;

            assertThatExceptionOfType(StoppedException.class).isThrownBy(() -> run.train(settings(9, 1), recorder));

            assertThat(recorder.losses).hasSize(3);
            assertThat(recorder.checkpoints).isEmpty();
        });
    }

    @Test
    void endsWhenTheLossIsNoNumber() throws Exception {
        onEngine(run -> {
            run.nanAtStep = 4;

            assertThatExceptionOfType(NanLossException.class)
                    .isThrownBy(() -> run.train(settings(9, 1), new Recorder()))
                    .satisfies(e -> assertThat(e.step()).isEqualTo(5));
            assertThat(run.weight.toFloatArray()).doesNotContain(Float.NaN);
        });
    }

    @Test
    void saysWhatItKnowsWhereAStepCannotBeComputedAgain() throws Exception {
        onEngine(run -> {
            run.nanAtStep = 4;
            run.failure = new IllegalStateException("out of memory");

            assertThatExceptionOfType(NanLossException.class)
                    .isThrownBy(() -> run.train(settings(9, 1), new Recorder()))
                    .satisfies(e -> {
                        assertThat(e.known().diagnosis()).isNull();
                        assertThat(e.known().norms()).hasSize(4);
                        assertThat(e.getSuppressed()).containsExactly(run.failure);
                    });
        });
    }

    @Test
    void diagnosesThePassThatShowsSomething() throws Exception {
        onEngine(run -> {
            run.nanAtStep = 1;
            run.shownByPass = 2;

            assertThatExceptionOfType(NanLossException.class)
                    .isThrownBy(() -> run.train(settings(9, 4), new Recorder()))
                    .satisfies(e ->
                            assertThat(e.known().diagnosis()).isEqualTo(new Diagnosis(Set.of(LossPart.PRIOR), null)));
            assertThat(run.diagnosed).containsExactly(0, 1, 2);
        });
    }

    @Test
    void computesTheWholeStepAgainWhereNothingIsShown() throws Exception {
        onEngine(run -> {
            run.nanAtStep = 1;
            run.nanTimes = 1;

            assertThatExceptionOfType(NanLossException.class)
                    .isThrownBy(() -> run.train(settings(9, 4), new Recorder()))
                    .satisfies(e -> {
                        Recomputed again = Objects.requireNonNull(e.known().recomputed());
                        double norm = e.known().norms().get(0);
                        assertThat(again.loss()).isBetween(0.1, 10.);
                        assertThat(again.norm()).isBetween(norm / 2, 2 * norm);
                        assertThat(e.known().isFiniteAgain()).isTrue();
                    });
        });
    }

    @Test
    void doesNotCallAStepFiniteThatIsNotFinite() throws Exception {
        onEngine(run -> {
            run.nanAtStep = 1;

            assertThatExceptionOfType(NanLossException.class)
                    .isThrownBy(() -> run.train(settings(9, 1), new Recorder()))
                    .satisfies(e -> {
                        assertThat(e.known().recomputed()).isNotNull();
                        assertThat(e.known().isFiniteAgain()).isFalse();
                        assertThat(e.known().normOverflows()).isFalse();
                    });
        });
    }

    @Test
    void keepsTheDiagnosisWhereTheWholeStepCannotBeComputedAgain() throws Exception {
        onEngine(run -> {
            run.nanAtStep = 1;
            run.nanTimes = 1;
            run.failureAgain = new IllegalStateException("out of memory");

            assertThatExceptionOfType(NanLossException.class)
                    .isThrownBy(() -> run.train(settings(9, 1), new Recorder()))
                    .satisfies(e -> {
                        assertThat(e.known().diagnosis()).isEqualTo(new Diagnosis(Set.of(), null));
                        assertThat(e.known().isFiniteAgain()).isFalse();
                        assertThat(e.getSuppressed()).containsExactly(run.failureAgain);
                    });
        });
    }

    /** Gradients of 1e20, whose squares overflow in fp32. */
    @Test
    void tellsAnOverflowOfTheNormFromAGradientThatIsNoNumber() throws Exception {
        for (float at : new float[] {1e20f, Float.POSITIVE_INFINITY}) {
            onEngine(run -> {
                run.gradient = at;

                assertThatExceptionOfType(NanLossException.class)
                        .isThrownBy(() -> run.train(settings(9, 2), new Recorder()))
                        .satisfies(e -> {
                            assertThat(e.known().loss()).isFinite();
                            assertThat(e.known().normOverflows()).isEqualTo(at == 1e20f);
                            assertThat(e.known().isFiniteAgain()).isFalse();
                        });
            });
        }
    }

    @Test
    void endsWhenACheckpointCannotBeKept() throws Exception {
        onEngine(run -> {
            Recorder recorder = new Recorder();
            recorder.failure = new IOException("disk full");

            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> run.train(settings(9, 1, Duration.ZERO), recorder))
                    .withCause(recorder.failure);
        });
    }

    @Test
    void keepsNoCheckpointOfTheLastStep() throws Exception {
        onEngine(run -> {
            Recorder recorder = new Recorder();

            run.train(settings(3, 1, Duration.ZERO), recorder);

            assertThat(recorder.checkpoints).doesNotContain(3);
        });
    }

    private static LoopSettings settings(int steps, int passes) {
        return settings(steps, passes, Duration.ofHours(1));
    }

    private static LoopSettings settings(int steps, int passes, Duration checkpointEvery) {
        return new LoopSettings(steps, step -> 0.1, passes, 1, checkpointEvery);
    }

    private static void onEngine(Check check) throws Exception {
        EngineTestThread.run(() -> {
            try (Run run = new Run()) {
                check.on(run);
            }
        });
    }

    private interface Check {
        void on(Run run) throws Exception;
    }

    /** Half the squared distance of a vector to a target that moves from step to step. */
    private static final class Run implements Objective, AutoCloseable {

        private static final String NAME = "a run";

        private final NDManager manager = NDManager.newBaseManager("PyTorch");
        private final NDArray weight = manager.create(new float[] {1, -2, 3});
        private AdamW optimizer = new AdamW(manager, parameters(), ADAMW);
        private int passes = 1;
        private final List<Integer> diagnosed = new ArrayList<>();
        private int nanAtStep = -1;
        private int shownByPass = -1;
        private int nanTimes = Integer.MAX_VALUE;
        private float gradient;
        private @Nullable RuntimeException failure;
        private @Nullable RuntimeException failureAgain;

        void restart() {
            try (NDArray start = manager.create(new float[] {1, -2, 3})) {
                start.copyTo(weight);
            }
            optimizer.close();
            optimizer = new AdamW(manager, parameters(), ADAMW);
        }

        TrainingSummary train(LoopSettings settings, Recorder recorder) {
            return train(new CheckpointFile.Notes(0, NAME, null), settings, recorder);
        }

        int resume(Path file, LoopSettings settings, Recorder recorder) {
            return resume(file, NAME, settings, recorder);
        }

        int resume(Path file, String name, LoopSettings settings, Recorder recorder) {
            CheckpointFile.Notes start = CheckpointFile.restoreInPlace(file, this, optimizer, name);
            train(start, settings, recorder);
            return start.step();
        }

        private TrainingSummary train(CheckpointFile.Notes start, LoopSettings settings, Recorder recorder) {
            passes = settings.gradientAccumulation();
            try (TrainingLoop loop = new TrainingLoop(
                    manager, this, ParameterGroups.single(optimizer, settings.learningRates()), settings, start)) {
                return loop.run(recorder);
            }
        }

        @Override
        public Map<String, NDArray> parameters() {
            return Map.of("w", weight);
        }

        @Override
        public Pass pass(NDManager scope, int step, int pass, double lossScale) {
            NDArray target = scope.create(new float[] {0, (float) Math.sin(step), 1});
            NDArray difference = scope.create(weight.toFloatArray()).sub(target);
            double loss = difference.square().sum().getFloat() / 2 / passes;
            if (failureAgain != null && step == nanAtStep && nanTimes == 0) {
                throw failureAgain;
            }
            boolean lost = step == nanAtStep && nanTimes-- > 0;
            return new Pass(
                    lost ? Double.NaN : loss, Map.of("w", difference.div(passes).add(gradient)));
        }

        @Override
        public Diagnosis diagnose(NDManager scope, int step, int pass, double lossScale) {
            if (failure != null) {
                throw failure;
            }
            diagnosed.add(pass);
            return new Diagnosis(pass == shownByPass ? Set.of(LossPart.PRIOR) : Set.of(), null);
        }

        @Override
        public void close() {
            optimizer.close();
            manager.close();
        }
    }

    private static final class Recorder implements TrainingListener {

        private final List<Double> losses = new ArrayList<>();
        private final List<Integer> checkpoints = new ArrayList<>();
        private int stopAt = -1;
        private @Nullable Path file;
        private @Nullable IOException failure;

        @Override
        public void onStep(int step, int total, double loss, double learningRate) {
            losses.add(loss);
        }

        @Override
        public Signal signal() {
            if (losses.size() != stopAt) {
                return Signal.CONTINUE;
            }
            return file == null ? Signal.STOP : Signal.CHECKPOINT_AND_STOP;
        }

        @Override
        public void onCheckpoint(Checkpoint checkpoint) throws IOException {
            if (failure != null) {
                throw failure;
            }
            checkpoints.add(checkpoint.step());
            if (file != null) {
                try (OutputStream out = Files.newOutputStream(file)) {
                    checkpoint.writeTo(out);
                }
            }
        }
    }
}
