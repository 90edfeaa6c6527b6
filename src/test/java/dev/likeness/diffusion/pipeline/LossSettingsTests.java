package dev.likeness.diffusion.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.likeness.diffusion.adapter.LoraTargets;
import dev.likeness.diffusion.adapter.MomentumMode;
import dev.likeness.diffusion.method.DreamBooth;
import dev.likeness.diffusion.method.ExportFormat;
import dev.likeness.diffusion.method.Lora;
import dev.likeness.diffusion.method.Method;
import dev.likeness.diffusion.method.Momentum;
import dev.likeness.diffusion.method.TestMethodSettings.LoraSettings;
import dev.likeness.diffusion.method.TextualInversion;
import dev.likeness.diffusion.schedule.HuberSchedule;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.tensor.SafeTensors;
import dev.likeness.diffusion.tensor.StoppedException;
import dev.likeness.diffusion.training.Checkpoint;
import dev.likeness.diffusion.training.LossType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Training with the settings of loss and noise, of a model that predicts velocity. */
class LossSettingsTests {

    @TempDir
    private Path temp;

    static Stream<Arguments> methods() {
        return Stream.of(
                Arguments.of(new DreamBooth(true), false),
                Arguments.of(new DreamBooth(false), true),
                Arguments.of(new Lora(new LoraSettings(2, 4, 0.5, LoraTargets.ATTENTION), true), true),
                Arguments.of(new TextualInversion("<sks>", 2, "dog", null), false),
                Arguments.of(
                        new TextualInversion("<sks>", 1, "dog", new Momentum(0.5, MomentumMode.EMA, "dog")), true));
    }

    /** With class images, two pictures a pass and two passes a step. */
    @ParameterizedTest
    @MethodSource("methods")
    void resumesWithTheSameLosses(Method method, boolean checkpointing) throws Exception {
        on("tiny-sd2", pipeline -> {
            TinySettings all = new All().steps(3).batch(2, 2).rate(1e-3);
            TinySettings settings = checkpointing ? all.withGradientCheckpointing() : all;
            TinyWorld.Losses whole = new TinyWorld.Losses();
            pipeline.train(PipelineRuns.request(method, settings, null), whole);
            pipeline.useBaseWeights();
            Path file = temp.resolve("checkpoint");
            TinyWorld.Losses first = new StopsAfter(2, file);
            assertThatExceptionOfType(StoppedException.class)
                    .isThrownBy(() -> pipeline.train(PipelineRuns.request(method, settings, null), first));

            TinyWorld.Losses second = new TinyWorld.Losses();
            pipeline.useBaseWeights();
            pipeline.train(PipelineRuns.request(method, settings, file), second);

            List<Double> losses = new ArrayList<>(first.values);
            losses.addAll(second.values);
            assertThat(losses).isEqualTo(whole.values).doesNotHaveDuplicates().allMatch(Double::isFinite);
        });
    }

    /** Each by itself changes the loss of the first step. */
    @Test
    void changeTheLoss() throws Exception {
        on("tiny-sd2", pipeline -> {
            List<Double> losses = new ArrayList<>();
            for (TinySettings settings : List.of(
                    new TinySettings(),
                    new All(),
                    new One("zero"),
                    new One("debiased"),
                    new One("huber"),
                    new One("smooth_l1"),
                    new One("pyramid"),
                    new One("perturbation"))) {
                TinyWorld.Losses recorded = new TinyWorld.Losses();
                pipeline.useBaseWeights();
                pipeline.train(
                        PipelineRuns.request(settings.steps(1).batch(1, 1).rate(1e-3), null), recorded);
                losses.addAll(recorded.values);
            }

            assertThat(losses).hasSize(8).doesNotHaveDuplicates();
        });
    }

    /** Weights say so in their file, so that sampling begins with pure noise wherever they are loaded. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void samplesFromPureNoiseWithWhatWasTrainedSo(boolean lora) throws Exception {
        on("tiny-sd2", pipeline -> {
            Method method =
                    lora ? new Lora(new LoraSettings(2, 2, 0, LoraTargets.ATTENTION), false) : new DreamBooth(false);
            GenerationRequest drawing = TinyWorld.request("a photo of a dog", 1, 3, 1);
            byte[] untrained = rgb(pipeline, drawing);
            // The weights are hardly changed, so that a difference is one of the noise.
            train(pipeline, method, new TinySettings());
            byte[] plain = rgb(pipeline, drawing);
            pipeline.useBaseWeights();
            train(pipeline, method, new One("zero"));
            byte[] fromNoise = rgb(pipeline, drawing);
            Path weights = temp.resolve("weights");
            try (OutputStream out = Files.newOutputStream(weights)) {
                pipeline.saveWeights(out);
            }
            JsonNode scheduler = lora ? null : exportedScheduler(pipeline);
            String note = lora ? kohyaNote(pipeline) : "True";

            pipeline.useBaseWeights();
            byte[] untrainedAgain = rgb(pipeline, drawing);
            pipeline.loadWeights(weights);

            assertThat(plain).isEqualTo(untrained);
            assertThat(untrainedAgain).isEqualTo(untrained);
            assertThat(fromNoise).isNotEqualTo(untrained);
            assertThat(rgb(pipeline, drawing)).isEqualTo(fromNoise);
            assertThat(note).isEqualTo("True");
            if (scheduler != null) {
                assertThat(scheduler.path("rescale_betas_zero_snr").booleanValue())
                        .isTrue();
                assertThat(scheduler.path("timestep_spacing").stringValue()).isEqualTo("trailing");
                assertThat(scheduler.path("prediction_type").stringValue()).isEqualTo("v_prediction");
            }
        });
    }

    @Test
    void previewsBeginWithPureNoise() throws Exception {
        on("tiny-sd2", pipeline -> {
            GenerationRequest drawing = TinyWorld.request("a photo of a dog", 1, 3, 1);
            List<byte[]> previews = new ArrayList<>();
            TinyWorld.Losses listener = new TinyWorld.Losses() {
                @Override
                public void onStep(int step, int total, double loss, double learningRate) {
                    if (step == total) {
                        previews.add(rgb(pipeline, drawing));
                    }
                }
            };

            pipeline.train(
                    PipelineRuns.request(
                            new DreamBooth(false), new One("zero").steps(2).batch(1, 1), null),
                    listener);

            assertThat(previews).hasSize(1).containsExactly(rgb(pipeline, drawing));
        });
    }

    @Test
    void refusesZeroTerminalSnrOfAModelThatPredictsNoise() throws Exception {
        on(
                "tiny-sd1",
                pipeline -> assertThatIllegalArgumentException()
                        .isThrownBy(() -> train(pipeline, new DreamBooth(false), new One("zero")))
                        .withMessageContaining("needs v_prediction or sample"));
    }

    private static void train(Pipeline pipeline, Method method, TinySettings settings) throws IOException {
        pipeline.train(
                PipelineRuns.request(
                        method, settings.steps(1).batch(1, 1).rate(1e-30).withoutDecay(), null),
                new TinyWorld.Losses());
    }

    private static byte[] rgb(Pipeline pipeline, GenerationRequest request) {
        return pipeline.generate(request, PipelineRuns.SILENT).get(0).image().rgb();
    }

    private JsonNode exportedScheduler(Pipeline pipeline) throws IOException {
        Path file = exported(pipeline, ExportFormat.MODEL_DIFFUSERS);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            byte[] text = zip.getInputStream(Objects.requireNonNull(zip.getEntry("scheduler/scheduler_config.json")))
                    .readAllBytes();
            return JsonMapper.shared().readTree(new String(text, StandardCharsets.UTF_8));
        }
    }

    private String kohyaNote(Pipeline pipeline) throws IOException {
        return SafeTensors.open(exported(pipeline, ExportFormat.LORA_KOHYA))
                .metadata()
                .getOrDefault("ss_zero_terminal_snr", "missing");
    }

    private Path exported(Pipeline pipeline, ExportFormat format) throws IOException {
        Path file = Files.createTempFile(temp, format.name(), ".file");
        try (OutputStream out = Files.newOutputStream(file)) {
            pipeline.export(format, out);
        }
        pipeline.verifyExport(format, file);
        return file;
    }

    private static final class StopsAfter extends TinyWorld.Losses {

        private final int steps;
        private final Path file;

        StopsAfter(int steps, Path file) {
            this.steps = steps;
            this.file = file;
        }

        @Override
        public Signal signal() {
            return values.size() == steps ? Signal.CHECKPOINT_AND_STOP : Signal.CONTINUE;
        }

        @Override
        public void onCheckpoint(Checkpoint checkpoint) throws IOException {
            try (OutputStream out = Files.newOutputStream(file)) {
                checkpoint.writeTo(out);
            }
        }
    }

    /** One of the settings. */
    private static final class One extends TinySettings {

        private final String name;

        One(String name) {
            this.name = name;
        }

        @Override
        public boolean zeroTerminalSnr() {
            return name.equals("zero");
        }

        @Override
        public boolean debiasedEstimation() {
            return name.equals("debiased");
        }

        @Override
        public LossType lossType() {
            return switch (name) {
                case "huber" -> LossType.HUBER;
                case "smooth_l1" -> LossType.SMOOTH_L1;
                default -> LossType.L2;
            };
        }

        @Override
        public int multiresNoiseIterations() {
            return name.equals("pyramid") ? 6 : 0;
        }

        @Override
        public double inputPerturbation() {
            return name.equals("perturbation") ? 0.1 : 0;
        }
    }

    /** All settings together. */
    private static final class All extends TinySettings {

        @Override
        public double snrGamma() {
            return 5;
        }

        @Override
        public double noiseOffset() {
            return 0.1;
        }

        @Override
        public boolean zeroTerminalSnr() {
            return true;
        }

        @Override
        public boolean debiasedEstimation() {
            return true;
        }

        @Override
        public LossType lossType() {
            return LossType.HUBER;
        }

        @Override
        public HuberSchedule huberSchedule() {
            return HuberSchedule.EXPONENTIAL;
        }

        @Override
        public int multiresNoiseIterations() {
            return 6;
        }

        @Override
        public double inputPerturbation() {
            return 0.1;
        }
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
