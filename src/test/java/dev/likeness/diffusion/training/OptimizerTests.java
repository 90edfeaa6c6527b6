package dev.likeness.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.golden.GoldenTensors;
import dev.likeness.diffusion.tensor.EngineTestThread;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Properties of all optimizers. */
class OptimizerTests {

    private static final double TOLERANCE = 1e-6;

    @TempDir
    private Path folder;

    private enum Kind {
        ADAMW,
        ADAMW8BIT,
        ADAFACTOR,
        LION,
        PRODIGY,
        ADAMW_SCHEDULE_FREE;

        Optimizer create(NDManager manager, Map<String, NDArray> parameters) {
            return switch (this) {
                case ADAMW -> new AdamW(manager, parameters, ReferenceProblem.ADAMW);
                case ADAMW8BIT -> new AdamW8bit(manager, parameters, ReferenceProblem.ADAMW);
                case ADAFACTOR -> new Adafactor(manager, parameters, Adafactor.Settings.of(0.01));
                case LION -> new Lion(manager, parameters, ReferenceProblem.LION);
                case PRODIGY -> new Prodigy(manager, parameters, ReferenceProblem.ADAMW);
                case ADAMW_SCHEDULE_FREE -> new ScheduleFreeAdamW(manager, parameters, ReferenceProblem.ADAMW);
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesTheStepsOfTheReference(Kind kind) throws Exception {
        GoldenTensors expected = ReferenceProblem.results();
        onEngine(manager -> {
            Map<String, NDArray> parameters = ReferenceProblem.parameters(manager);
            try (Optimizer optimizer = kind.create(manager, parameters)) {
                ReferenceProblem.train(manager, optimizer, 1, ReferenceProblem.STEPS);
            }

            parameters.forEach((name, parameter) -> expected.get(kind.name().toLowerCase(Locale.ROOT) + "." + name)
                    .assertClose(parameter.getShape().getShape(), parameter.toFloatArray(), TOLERANCE));
        });
    }

    @ParameterizedTest
    @EnumSource
    void continuesFromACheckpointAsIfItHadNeverStopped(Kind kind) throws Exception {
        Path file = folder.resolve("checkpoint");
        onEngine(manager -> {
            Map<String, NDArray> whole = ReferenceProblem.parameters(manager);
            Optimizer wholeOptimizer = kind.create(manager, whole);
            ReferenceProblem.train(manager, wholeOptimizer, 1, 9);
            Map<String, NDArray> stopped = ReferenceProblem.parameters(manager);
            Optimizer stoppedOptimizer = kind.create(manager, stopped);
            ReferenceProblem.train(manager, stoppedOptimizer, 1, 4);
            try (OutputStream out = Files.newOutputStream(file)) {
                CheckpointFile.write(
                        out, method(stopped), stoppedOptimizer, new CheckpointFile.Notes(4, "a run", null));
            }

            Map<String, NDArray> resumed = ReferenceProblem.parameters(manager);
            Optimizer resumedOptimizer = kind.create(manager, resumed);
            int step = CheckpointFile.restoreInPlace(file, method(resumed), resumedOptimizer, "a run")
                    .step();
            assertThat(ReferenceProblem.copy(resumedOptimizer.state()))
                    .isEqualTo(ReferenceProblem.copy(stoppedOptimizer.state()));
            ReferenceProblem.train(manager, resumedOptimizer, step + 1, 9);

            assertThat(ReferenceProblem.copy(resumed)).isEqualTo(ReferenceProblem.copy(whole));
            assertThat(ReferenceProblem.copy(resumedOptimizer.state()))
                    .isEqualTo(ReferenceProblem.copy(wholeOptimizer.state()));
        });
    }

    private static Objective method(Map<String, NDArray> parameters) {
        return new Objective() {
            @Override
            public Map<String, NDArray> parameters() {
                return parameters;
            }

            @Override
            public Pass pass(NDManager scope, int step, int pass, double lossScale) {
                throw new AssertionError("no pass is asked for");
            }
        };
    }

    @ParameterizedTest
    @EnumSource
    void freesEverythingAStepNeeds(Kind kind) throws Exception {
        onEngine(manager -> {
            Optimizer optimizer = kind.create(manager, ReferenceProblem.parameters(manager));
            try (NDManager training = manager.newSubManager()) {
                ReferenceProblem.train(training, optimizer, 1, 1);
                training.cap();
                manager.cap();
                optimizer.state().values().forEach(tensor -> tensor.getManager().cap());

                ReferenceProblem.train(training, optimizer, 2, 20);
            }
        });
    }

    /** Prodigy takes no step at all, so that weights do not decay either. Schedule-free AdamW decays z, and y with its share. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"PRODIGY", "ADAMW_SCHEDULE_FREE"})
    void decaysWeightsWithoutAGradient(Kind kind) throws Exception {
        onEngine(manager -> {
            Map<String, NDArray> parameters =
                    Map.of("large", manager.ones(shape(5000)), "small", manager.ones(shape(3)));
            Map<String, NDArray> none = Map.of("large", manager.zeros(shape(5000)), "small", manager.zeros(shape(3)));
            try (Optimizer optimizer = kind.create(manager, parameters);
                    NDManager scope = manager.newSubManager()) {
                optimizer.step(scope, none, 0.1);
                optimizer.step(scope, none, 0.1);
            }

            float decayed = (float) Math.pow(1 - 0.1 * 0.01, 2);
            parameters.values().forEach(parameter -> {
                for (float value : parameter.toFloatArray()) {
                    assertThat(Math.abs(value - decayed)).isLessThan(1e-6f);
                }
            });
        });
    }

    private static Shape shape(long size) {
        return new Shape(size);
    }

    private static void onEngine(Check check) throws Exception {
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
                check.on(manager);
            }
        });
    }

    private interface Check {
        void on(NDManager manager) throws Exception;
    }
}
