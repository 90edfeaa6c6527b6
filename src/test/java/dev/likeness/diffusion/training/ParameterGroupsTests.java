package dev.likeness.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.golden.GoldenTensors;
import dev.likeness.diffusion.pipeline.TinySettings;
import dev.likeness.diffusion.plan.OptimizerKind;
import dev.likeness.diffusion.tensor.EngineTestThread;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParameterGroupsTests {

    private static final double TOLERANCE = 1e-6;

    /** The parts that the parameters of the reference problem belong to. */
    private static final Map<String, String> PARTS = Map.of(
            "linear", "unet.linear",
            "conv", "unet.conv",
            "vector", "text_encoder.vector",
            "bias", "text_encoder.bias",
            "pointwise", "text_encoder_2.pointwise",
            "scale", "text_encoder_2.scale",
            "table", "token.0");

    @TempDir
    private Path folder;

    /** The rates of the function groups of optimizers/reference.py. */
    private static class Apart extends TinySettings {

        @Override
        public int steps() {
            return ReferenceProblem.STEPS;
        }

        @Override
        public PartRate rate(TrainedPart part) {
            return switch (part) {
                case DENOISER -> new PartRate(0.01, "cosine_with_restarts", 4, 3);
                case TEXT_ENCODER -> new PartRate(0.02, "linear", 2, 1);
                case SECOND_TEXT_ENCODER -> new PartRate(0.003, "cosine_with_restarts", 4, 3);
                case EMBEDDINGS -> new PartRate(0.005, "constant", 0, 1);
            };
        }
    }

    private static final class Plus extends TinySettings {

        @Override
        public double upRatio() {
            return 16;
        }
    }

    @Test
    void takesTheStepsOfTheReferenceWithTheNormOfAllGradientsClipped() throws Exception {
        GoldenTensors expected = ReferenceProblem.results();
        onEngine(manager -> {
            GivenGradients given = new GivenGradients(manager);
            try (ParameterGroups groups = groups(manager, given.parameters(), new Apart(), OptimizerKind.ADAMW)) {
                train(manager, given, groups, 0, ReferenceProblem.STEPS);
            }

            PARTS.forEach((name, parameter) -> {
                NDArray trained = given.parameter(parameter);
                expected.get("groups." + name)
                        .assertClose(trained.getShape().getShape(), trained.toFloatArray(), TOLERANCE);
            });
        });
    }

    /** The function lora_plus of optimizers/reference.py. */
    @Test
    void trainsTheSecondMatrixOfAnAdapterFasterAsTheReference() throws Exception {
        GoldenTensors expected = ReferenceProblem.results();
        onEngine(manager -> {
            Map<String, NDArray> parameters = adapter(manager, 0);
            try (ParameterGroups groups = groups(manager, parameters, new Plus().rate(0.01), OptimizerKind.ADAMW)) {
                assertThat(groups.rate(0)).isEqualTo(0.01);
                for (int step = 0; step < ReferenceProblem.STEPS; step++) {
                    try (NDManager scope = manager.newSubManager()) {
                        groups.step(scope, adapter(scope, step + 1), step);
                    }
                }
            }

            parameters.forEach(
                    (name, trained) -> expected.get(name.contains("down") ? "lora_plus.down" : "lora_plus.up")
                            .assertClose(trained.getShape().getShape(), trained.toFloatArray(), TOLERANCE));
        });
    }

    private static Map<String, NDArray> adapter(NDManager manager, int step) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        tensors.put(
                "unet.layer.lora.down.weight",
                manager.create(ReferenceProblem.noise(0, step, 4 * 80), new Shape(4, 80)));
        tensors.put(
                "unet.layer.lora.up.weight", manager.create(ReferenceProblem.noise(1, step, 64 * 4), new Shape(64, 4)));
        return tensors;
    }

    /** Each group as if there were no other. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PRODIGY")
    void trainsEachGroupAsItsOptimizerAlone(OptimizerKind kind) throws Exception {
        onEngine(manager -> {
            TinySettings settings = new Apart().optimizer(kind.wire());
            Map<String, NDArray> together = new GivenGradients(manager).parameters();
            Map<String, NDArray> alone = new GivenGradients(manager).parameters();
            try (ParameterGroups groups = groups(manager, together, settings, kind)) {
                take(manager, groups, 0, 4);
            }
            for (TrainedPart part : TrainedPart.values()) {
                Map<String, NDArray> own = new LinkedHashMap<>(alone);
                own.keySet().removeIf(name -> TrainedPart.of(name) != part);
                try (ParameterGroups groups =
                        ParameterGroups.single(optimizer(kind, manager, own), settings.over(settings.rate(part)))) {
                    take(manager, groups, 0, 4);
                }
            }

            assertThat(ReferenceProblem.copy(together)).isEqualTo(ReferenceProblem.copy(alone));
        });
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PRODIGY")
    void continuesFromACheckpointAsIfItHadNeverStopped(OptimizerKind kind) throws Exception {
        onEngine(manager -> {
            TinySettings settings = new Apart().optimizer(kind.wire());
            GivenGradients whole = new GivenGradients(manager);
            ParameterGroups groups = groups(manager, whole.parameters(), settings, kind);
            take(manager, groups, 0, 4);
            Path file = folder.resolve("checkpoint");
            try (OutputStream out = Files.newOutputStream(file)) {
                CheckpointFile.write(out, whole, groups, new CheckpointFile.Notes(4, "a run", null));
            }
            take(manager, groups, 4, 9);

            GivenGradients resumed = new GivenGradients(manager);
            ParameterGroups again = groups(manager, resumed.parameters(), settings, kind);
            CheckpointFile.restoreInPlace(file, resumed, again, "a run");
            take(manager, again, 4, 9);

            assertThat(ReferenceProblem.copy(resumed.parameters()))
                    .isEqualTo(ReferenceProblem.copy(whole.parameters()));
            assertThat(ReferenceProblem.copy(again.state())).isEqualTo(ReferenceProblem.copy(groups.state()));
        });
    }

    /** So that checkpoints of former releases resume, and losses stay bit for bit. */
    @Test
    void isOneOptimizerWithOneRate() throws Exception {
        onEngine(manager -> {
            Map<String, NDArray> parameters = new GivenGradients(manager).parameters();
            try (ParameterGroups groups = groups(manager, parameters, new TinySettings(), OptimizerKind.ADAMW_8BIT);
                    Optimizer single = optimizer(OptimizerKind.ADAMW_8BIT, manager, parameters)) {
                assertThat(groups.state().keySet()).isEqualTo(single.state().keySet());
            }
        });
    }

    @Test
    void reportsTheRateOfTheDenoiserOrOfTheOnlyPart() throws Exception {
        onEngine(manager -> {
            Map<String, NDArray> parameters = new GivenGradients(manager).parameters();
            try (ParameterGroups all = groups(manager, parameters, new Apart(), OptimizerKind.ADAMW)) {
                assertThat(all.rate(4)).isEqualTo(0.01);
            }
            parameters.keySet().removeIf(name -> TrainedPart.of(name) != TrainedPart.EMBEDDINGS);
            try (ParameterGroups embeddings = groups(manager, parameters, new Apart(), OptimizerKind.ADAMW)) {
                assertThat(embeddings.rate(4)).isEqualTo(0.005);
            }
        });
    }

    /** As the authors' implementation. */
    @Test
    void prodigyTakesOneRateOnly() throws Exception {
        onEngine(manager -> assertThatIllegalArgumentException()
                .isThrownBy(() -> groups(
                        manager,
                        new GivenGradients(manager).parameters(),
                        new Apart().optimizer("prodigy"),
                        OptimizerKind.PRODIGY))
                .withMessage("Prodigy has one learning rate for all parameters"));
    }

    private static ParameterGroups groups(
            NDManager manager, Map<String, NDArray> parameters, TinySettings settings, OptimizerKind kind) {
        return ParameterGroups.of(
                manager, parameters, settings, Phases.ALL, (owner, own) -> optimizer(kind, owner, own));
    }

    private static Optimizer optimizer(OptimizerKind kind, NDManager manager, Map<String, NDArray> parameters) {
        return switch (kind) {
            case ADAMW -> new AdamW(manager, parameters, ReferenceProblem.ADAMW);
            case ADAMW_8BIT -> new AdamW8bit(manager, parameters, ReferenceProblem.ADAMW);
            case ADAFACTOR -> new Adafactor(manager, parameters, Adafactor.Settings.of(0.01));
            case LION -> new Lion(manager, parameters, ReferenceProblem.LION);
            case PRODIGY -> new Prodigy(manager, parameters, ReferenceProblem.ADAMW);
            case ADAMW_SCHEDULE_FREE -> new ScheduleFreeAdamW(manager, parameters, ReferenceProblem.ADAMW);
        };
    }

    /** Steps of the optimizers alone. */
    private static void take(NDManager manager, ParameterGroups groups, int from, int to) {
        for (int step = from; step < to; step++) {
            try (NDManager scope = manager.newSubManager()) {
                groups.step(scope, GivenGradients.of(scope, step), step);
            }
        }
    }

    /** Steps of the loop. */
    private static void train(NDManager manager, Objective objective, ParameterGroups groups, int from, int steps) {
        try (TrainingLoop loop = new TrainingLoop(
                manager,
                objective,
                groups,
                new LoopSettings(steps, step -> 0, 1),
                new CheckpointFile.Notes(from, "a run", null))) {
            loop.run(new TrainingListener() {
                @Override
                public void onStep(int step, int total, double loss, double learningRate) {}

                @Override
                public Signal signal() {
                    return Signal.CONTINUE;
                }

                @Override
                public void onCheckpoint(Checkpoint checkpoint) {}
            });
        }
    }

    /** The reference problem with the names that an objective gives. */
    private static final class GivenGradients implements Objective {

        private final Map<String, NDArray> parameters = new LinkedHashMap<>();

        GivenGradients(NDManager manager) {
            ReferenceProblem.parameters(manager)
                    .forEach((name, parameter) -> parameters.put(Objects.requireNonNull(PARTS.get(name)), parameter));
        }

        static Map<String, NDArray> of(NDManager scope, int step) {
            Map<String, NDArray> gradients = new LinkedHashMap<>();
            ReferenceProblem.gradients(scope, step + 1)
                    .forEach((name, gradient) -> gradients.put(Objects.requireNonNull(PARTS.get(name)), gradient));
            return gradients;
        }

        NDArray parameter(String name) {
            return Objects.requireNonNull(parameters.get(name));
        }

        @Override
        public Map<String, NDArray> parameters() {
            return parameters;
        }

        @Override
        public Pass pass(NDManager scope, int step, int pass, double lossScale) {
            return new Pass(1, of(scope, step));
        }
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
