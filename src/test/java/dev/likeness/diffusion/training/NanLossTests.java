package dev.likeness.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.data.Offset.offset;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.family.ClipPromptEncoder;
import dev.likeness.diffusion.family.ConditioningLayout;
import dev.likeness.diffusion.family.ConditioningLayout.Piece;
import dev.likeness.diffusion.family.ConditioningLayout.State;
import dev.likeness.diffusion.family.Denoiser;
import dev.likeness.diffusion.family.PictureSizes;
import dev.likeness.diffusion.family.TextEncoders;
import dev.likeness.diffusion.graph.Adapters;
import dev.likeness.diffusion.graph.Network;
import dev.likeness.diffusion.graph.Precision;
import dev.likeness.diffusion.graph.Watch;
import dev.likeness.diffusion.schedule.NoiseProcess;
import dev.likeness.diffusion.schedule.SchedulerConfig;
import dev.likeness.diffusion.schedule.VariancePreserving;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.tensor.ModelConfig;
import dev.likeness.diffusion.text.ClipTextEncoder;
import dev.likeness.diffusion.token.ClipTokenizer;
import dev.likeness.diffusion.unet.UnetConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The findings about a step without a finite loss, on a small Stable Diffusion. */
class NanLossTests {

    private static final String ATTENTION = "down_blocks.0.attentions.0.transformer_blocks.0.attn1.";

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void namesAPoisonedWeightOfTheUnet(boolean checkpointing) throws Exception {
        onEngine(run -> {
            run.checkpointing = checkpointing;
            run.scale(run.unet(), "mid_block.resnets.0.conv1.weight", Float.NaN);

            NanLoss known = run.lose(3);

            assertThat(known.step()).isEqualTo(1);
            assertThat(known.loss()).isNaN();
            assertThat(first(known))
                    .isEqualTo(new NotFinite(NotFinite.Kind.WEIGHT, "unet", "mid_block.resnets.0.conv1.weight"));
            assertThat(parts(known)).containsExactlyInAnyOrder(LossPart.INSTANCE, LossPart.PRIOR, LossPart.FACE);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void namesAPoisonedWeightOfATextEncoder(boolean trained) throws Exception {
        onEngine(run -> {
            run.trainsText = trained;
            run.scale(run.text(), "text_model.encoder.layers.1.mlp.fc1.bias", Float.POSITIVE_INFINITY);

            assertThat(first(run.lose(3)))
                    .isEqualTo(new NotFinite(
                            NotFinite.Kind.WEIGHT, "text_encoder", "text_model.encoder.layers.1.mlp.fc1.bias"));
        });
    }

    @Test
    void namesTheBlockWhoseNormOverflows() throws Exception {
        onEngine(run -> {
            run.scale(run.unet(), "conv_in.weight", 1e30f);

            assertThat(first(run.lose(3)))
                    .isEqualTo(new NotFinite(NotFinite.Kind.OUTPUT, "unet", "down_blocks.0.resnets.0"));
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void namesAGradientWhereEverythingBeforeIsFinite(boolean checkpointing) throws Exception {
        onEngine(run -> {
            run.checkpointing = checkpointing;
            run.scale(run.unet(), ATTENTION + "to_v.weight", 1e20f);
            run.scale(run.unet(), ATTENTION + "to_out.0.weight", 1e-20f);
            run.weight = 1e25;

            NanLoss known = run.lose(3);

            assertThat(known.loss()).isFinite();
            assertThat(parts(known)).isEmpty();
            assertThat(first(known))
                    .isEqualTo(new NotFinite(NotFinite.Kind.WEIGHT_GRADIENT, "unet", ATTENTION + "to_out.0.weight"));
        });
    }

    @Test
    void seesThatOnlyTheNormOverflows() throws Exception {
        onEngine(run -> {
            run.weight = 1e22;

            NanLoss known = run.lose(3);

            assertThat(known.step()).isEqualTo(1);
            assertThat(known.loss()).isFinite();
            assertThat(known.diagnosis()).isEqualTo(new Diagnosis(Set.of(), null));
            assertThat(known.normOverflows()).isTrue();
            assertThat(known.isFiniteAgain()).isFalse();
        });
    }

    @Test
    void namesTheLossWhereNothingButItIsTooLarge() throws Exception {
        onEngine(run -> {
            run.weight = 3e38;
            run.scale(run.unet(), "conv_out.weight", 100);

            assertThat(first(run.lose(3))).isEqualTo(new NotFinite(NotFinite.Kind.LOSS, "", "loss"));
        });
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void namesAPoisonedWeightOfABaseThatIsHeld(Precision precision) throws Exception {
        for (boolean ofText : List.of(false, true)) {
            onEngine(run -> {
                run.adapt(0);
                String weight =
                        ofText ? "text_model.encoder.layers.0.mlp.fc2.weight" : "mid_block.resnets.0.conv1.weight";
                run.scale(ofText ? run.text() : run.unet(), weight, Float.NaN);
                run.hold(precision);

                assertThat(first(run.lose(3)))
                        .isEqualTo(new NotFinite(NotFinite.Kind.WEIGHT, ofText ? "text_encoder" : "unet", weight));
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void seesNothingInAHealthyBaseThatIsHeld(Precision precision) throws Exception {
        onEngine(run -> {
            run.adapt(0.3);
            run.hold(precision);
            run.diagnoses = true;

            assertThat(run.train(2)).hasSize(2);
        });
    }

    @Test
    void tellsTheTermThatIsNoNumberFromTheOthers() throws Exception {
        for (LossPart part : LossPart.values()) {
            onEngine(run -> {
                run.poisoned = part;
                run.poisonedFrom = 0;

                NanLoss known = run.lose(3);

                assertThat(parts(known)).containsExactly(part);
                assertThat(first(known)).isEqualTo(new NotFinite(NotFinite.Kind.INPUT, "", "noisy latents"));
            });
        }
    }

    @Test
    void saysThatGradientsOverflowAtEveryScaleOfTheLoss() throws Exception {
        onEngine(run -> {
            run.scale(run.unet(), ATTENTION + "to_v.weight", 1e20f);
            run.scale(run.unet(), ATTENTION + "to_out.0.weight", 1e-20f);
            run.weight = 1e25;
            run.lossScale = new LossScaler.State(4, 0);

            NanLoss known = run.lose(9);

            assertThat(known.step()).isEqualTo(3);
            assertThat(known.lossScale()).isEqualTo(1);
            assertThat(first(known).kind()).isEqualTo(NotFinite.Kind.WEIGHT_GRADIENT);
        });
    }

    @Test
    void keepsTheNormsOfTheStepsBefore() throws Exception {
        onEngine(run -> {
            run.poisonedFrom = 4;

            NanLoss known = run.lose(9);

            assertThat(known.step()).isEqualTo(5);
            assertThat(known.norms()).hasSize(4).allMatch(norm -> norm > 0);
            assertThat(known.trend()).isEqualTo(NanLoss.Trend.STEADY);
        });
    }

    @Test
    void leavesTheParametersOfTheStepBefore() throws Exception {
        onEngine(run -> {
            run.poisonedFrom = 2;
            run.lose(2 + 1);
            Map<String, float[]> after = run.values();
            run.restart();
            run.poisonedFrom = Integer.MAX_VALUE;

            run.train(2);

            assertThat(run.values().keySet()).isEqualTo(after.keySet());
            run.values()
                    .forEach((name, values) ->
                            assertThat(after.get(name)).as(name).isEqualTo(values));
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void diagnosingAStepChangesNothingOfTheNext(boolean checkpointing) throws Exception {
        onEngine(run -> {
            run.checkpointing = checkpointing;
            run.adapt(0.3);
            List<Double> losses = run.train(4);
            run.restart();
            run.diagnoses = true;

            assertThat(run.train(4)).isEqualTo(losses);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWatchedPassComputesWhatThePassDid(boolean checkpointing) throws Exception {
        onEngine(run -> {
            run.checkpointing = checkpointing;
            run.adapt(0.3);
            try (DenoisingObjective method = run.method();
                    NDManager scope = run.manager.newSubManager()) {
                Objective.Pass plain = method.pass(scope, 1, 0, 1);
                run.unet().watch(new Blind());
                Objective.Pass watched = method.pass(scope, 1, 0, 1);
                run.unet().watch(null);

                assertThat(watched.loss()).isCloseTo(plain.loss(), offset(1e-6));
                assertThat(watched.gradients().keySet())
                        .isEqualTo(plain.gradients().keySet());
                plain.gradients()
                        .forEach((name, gradient) -> assertThat(Objects.requireNonNull(
                                                watched.gradients().get(name))
                                        .toFloatArray())
                                .as(name)
                                .containsExactly(gradient.toFloatArray(), offset(1e-6f)));
            }
        });
    }

    private static NotFinite first(NanLoss known) {
        return Objects.requireNonNull(Objects.requireNonNull(known.diagnosis()).first());
    }

    private static Set<LossPart> parts(NanLoss known) {
        return Objects.requireNonNull(known.diagnosis()).parts();
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

    /** Ignores all tensors. */
    private static final class Blind implements Watch {

        @Override
        public void onWeight(String name, NDArray weight) {}

        @Override
        public void onOutput(String block, NDArray output) {}

        @Override
        public void onInputGradient(String block, NDArray gradient) {}

        @Override
        public void onWeightGradient(String name, NDArray gradient) {}
    }

    /** Training of a tiny model with faults on request. */
    private static final class Run implements AutoCloseable {

        private static final Path MODEL = Path.of("src/test/resources/goldens/tiny-sd1/model");
        private static final Shape LATENT = new Shape(4, 8, 8);

        private final NDManager manager = NDManager.newBaseManager("PyTorch");
        private final Denoiser unet = Denoiser.load(
                manager,
                MODEL.resolve("unet"),
                UnetConfig.of(ModelConfig.tree(MODEL.resolve("unet/config.json")))
                        .topology(),
                null);
        private final TextEncoders textEncoders = new TextEncoders(
                List.of(new ClipPromptEncoder(
                        "text_encoder",
                        ClipTokenizer.load(MODEL.resolve("tokenizer"), List.of()),
                        ClipTextEncoder.load(manager, MODEL.resolve("text_encoder")))),
                new ConditioningLayout(List.of(new Piece(0, State.LAST_HIDDEN)), List.of()),
                false);
        private final Map<String, NDArray> adapter = new LinkedHashMap<>();
        private final Map<String, float[]> initial = new LinkedHashMap<>();
        private boolean checkpointing;
        private boolean trainsText;
        private boolean diagnoses;
        private double weight = 1;
        private LossPart poisoned = LossPart.INSTANCE;
        private int poisonedFrom = Integer.MAX_VALUE;
        private LossScaler.@Nullable State lossScale;

        Run() throws Exception {}

        Network unet() {
            return unet.network();
        }

        Network text() {
            return textEncoders.textEncoders().get(0).network();
        }

        void scale(Network network, String name, float factor) {
            NDArray tensor = network.tensor(name);
            try (NDArray scaled = tensor.mul(factor)) {
                scaled.copyTo(tensor);
            }
        }

        /** Adds an adapter beside one layer, and trains it instead of the weights. */
        void adapt(double dropout) {
            Random random = new Random(3);
            String layer = ATTENTION + "to_q";
            long features = unet().tensor(layer + ".weight").getShape().get(0);
            adapter.put(Adapters.down(layer), random(random, new Shape(2, features)));
            adapter.put(Adapters.up(layer), random(random, new Shape(features, 2)));
            adapter.put(Adapters.scale(layer), manager.create(1f));
            unet().setAdapter(adapter);
            unet().setDropout(dropout);
            adapter.forEach((name, tensor) -> initial.put(name, tensor.toFloatArray()));
        }

        /** Prepares the networks as for a job with a frozen base model. */
        void hold(Precision precision) {
            for (Network network : List.of(unet(), text())) {
                network.use(precision);
                network.castFrozenWeights();
            }
        }

        private NDArray random(Random random, Shape shape) {
            return manager.create(numbers(random, Math.toIntExact(shape.size())), shape);
        }

        private static float[] numbers(Random random, int length) {
            float[] values = new float[length];
            for (int i = 0; i < length; i++) {
                values[i] = (float) random.nextGaussian() / 2;
            }
            return values;
        }

        Map<String, float[]> values() {
            Map<String, float[]> values = new LinkedHashMap<>();
            unet().weights().forEach((name, tensor) -> values.put(name, tensor.toFloatArray()));
            return values;
        }

        /** Restores the trained weights. */
        void restart() {
            Map<String, NDArray> fresh = adapter.isEmpty() ? unet().weights() : adapter;
            initial.forEach((name, values) -> {
                NDArray tensor = Objects.requireNonNull(fresh.get(name));
                try (NDArray before = manager.create(values, tensor.getShape())) {
                    before.copyTo(tensor);
                }
            });
        }

        NanLoss lose(int steps) {
            NanLossException lost = catchThrowableOfType(NanLossException.class, () -> train(steps));
            assertThat(lost).isNotNull().hasNoSuppressedExceptions();
            assertThat(lost.step()).isEqualTo(lost.known().step());
            return lost.known();
        }

        List<Double> train(int steps) {
            if (initial.isEmpty()) {
                initial.putAll(values());
            }
            List<Double> losses = new ArrayList<>();
            try (DenoisingObjective method = method();
                    ParameterGroups groups = ParameterGroups.single(
                            new AdamW(manager, method.parameters(), new AdamW.Constants(0.9, 0.999, 0.01, 1e-8)),
                            settings(steps).learningRates());
                    TrainingLoop loop = new TrainingLoop(manager, method, groups, settings(steps), start())) {
                loop.run(new TrainingListener() {
                    @Override
                    public void onStep(int step, int total, double loss, double learningRate) {
                        losses.add(loss);
                        if (diagnoses) {
                            try (NDManager scope = manager.newSubManager()) {
                                Diagnosis found = method.diagnose(scope, step - 1, 0, 1);
                                assertThat(found).isEqualTo(new Diagnosis(Set.of(), null));
                            }
                        }
                    }

                    @Override
                    public Signal signal() {
                        return Signal.CONTINUE;
                    }

                    @Override
                    public void onCheckpoint(Checkpoint checkpoint) {}
                });
            }
            return losses;
        }

        private LoopSettings settings(int steps) {
            return new LoopSettings(steps, step -> 1e-4, 1);
        }

        private CheckpointFile.Notes start() {
            return new CheckpointFile.Notes(0, "a run", lossScale);
        }

        DenoisingObjective method() {
            TokenEmbeddings none = TokenEmbeddings.fixed(
                    manager, List.of(textEncoders.textEncoders().get(0).noRows(manager)));
            TrainableParameters trainable = adapter.isEmpty()
                    ? TrainableParameters.everything(unet, textEncoders, trainsText, none)
                    : new TrainableParameters(
                            Set.of(Adapters.down(ATTENTION + "to_q"), Adapters.up(ATTENTION + "to_q")),
                            List.of(Set.of()),
                            none);
            return new DenoisingObjective(
                    manager,
                    new DenoisingObjective.Networks(unet, textEncoders, noise()),
                    trainable,
                    new DenoisingObjective.Options(LATENT, checkpointing, 5),
                    this::batch);
        }

        @SuppressWarnings("unchecked")
        private static NoiseProcess noise() {
            Map<String, ?> json =
                    ModelConfig.read(MODEL.resolve("scheduler/scheduler_config.json"), Map.class, Map.of());
            return new VariancePreserving(SchedulerConfig.from(json));
        }

        private List<Example> batch(int step, int pass) {
            return Arrays.stream(LossPart.values())
                    .map(part -> example(new Random(10L * step + part.ordinal()), part, step))
                    .toList();
        }

        private Example example(Random random, LossPart part, int step) {
            float[] latent = numbers(random, Math.toIntExact(LATENT.size()));
            if (part == poisoned && step >= poisonedFrom) {
                latent[0] = Float.NaN;
            }
            float[] mask = new float[8 * 8];
            Arrays.fill(mask, 0, 20, 1);
            return new Example(
                    latent,
                    new Example.Noise(numbers(random, latent.length)),
                    random.nextInt(1000),
                    "a photo of a dog",
                    PictureSizes.whole(64, 64),
                    weight,
                    part == LossPart.FACE ? mask : null,
                    part);
        }

        @Override
        public void close() {
            unet().setDropout(0);
            unet.close();
            textEncoders.textEncoders().get(0).network().close();
            manager.close();
        }
    }
}
