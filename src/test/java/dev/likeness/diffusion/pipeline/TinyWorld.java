package dev.likeness.diffusion.pipeline;

import dev.likeness.diffusion.adapter.AdapterScales;
import dev.likeness.diffusion.data.Png;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.graph.Precision;
import dev.likeness.diffusion.plan.OptimizerKind;
import dev.likeness.diffusion.sampling.SamplingSettings;
import dev.likeness.diffusion.schedule.Sampler;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.training.AdamW;
import dev.likeness.diffusion.training.Checkpoint;
import dev.likeness.diffusion.training.TrainingListener;
import dev.likeness.diffusion.wire.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The bundled model and picture sets, for tests. */
final class TinyWorld {

    static final int SIDE = 64;
    private static final int PICTURES = 6;

    private TinyWorld() {}

    /** Shared, because opening the model for every test would take as long as the tests. */
    private static @Nullable Pipeline open;

    /** Runs with the bundled model open and without trained weights, on the engine's thread. */
    static void with(Check check) throws Exception {
        EngineTestThread.run(() -> {
            if (open == null) {
                open = TorchEngine.start(new EngineOptions("cpu", 0, null, null))
                        .open(folder());
            }
            open.useBaseWeights();
            check.on(open);
        });
    }

    interface Check {
        void on(Pipeline pipeline) throws Exception;
    }

    static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(TinyWorld.class.getResource("/models/likeness/tiny-world"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The pictures of a bundled subject. */
    static List<RgbImage> subject(String name) throws IOException {
        List<RgbImage> pictures = new ArrayList<>();
        for (int i = 1; i <= PICTURES; i++) {
            String file = "/subjects/%s/%d.png".formatted(name, i);
            try (InputStream in = Objects.requireNonNull(TinyWorld.class.getResourceAsStream(file), file)) {
                pictures.add(Png.read(in));
            }
        }
        return pictures;
    }

    /** Images of one prompt with the seeds 0, 1, 2 ... */
    static GenerationRequest request(String prompt, int count, int steps, int batchSize) {
        List<GenerationRequest.Image> images = IntStream.range(0, count)
                .mapToObj(seed -> new GenerationRequest.Image(prompt, "", seed))
                .toList();
        return new GenerationRequest(
                images, new SamplingSettings(Sampler.DDIM, steps, 5, 0, SIDE, SIDE), AdapterScales.FULL, batchSize);
    }

    static List<RgbImage> pixels(List<GeneratedImage> images) {
        return images.stream().map(GeneratedImage::image).toList();
    }

    /** The settings recommended in the bundled model's documentation. */
    static SettingsBuilder settings() {
        return new SettingsBuilder();
    }

    static final class SettingsBuilder {

        private int steps = 400;
        private double rate = 7e-4;
        private String optimizer = "adamw";
        private double decay = 0.01;
        private int batchSize = 4;
        private int accumulation = 1;
        private String precision = "fp32";
        private boolean checkpointing;
        private boolean randomCrop;
        private Duration checkpointEvery = Duration.ofHours(1);

        SettingsBuilder steps(int value) {
            steps = value;
            return this;
        }

        SettingsBuilder rate(double value) {
            rate = value;
            return this;
        }

        SettingsBuilder optimizer(String value) {
            optimizer = value;
            return this;
        }

        SettingsBuilder withoutDecay() {
            decay = 0;
            return this;
        }

        SettingsBuilder batch(int size, int passes) {
            batchSize = size;
            accumulation = passes;
            return this;
        }

        SettingsBuilder precision(String value) {
            precision = value;
            return this;
        }

        SettingsBuilder gradientCheckpointing() {
            checkpointing = true;
            return this;
        }

        SettingsBuilder randomCrop() {
            randomCrop = true;
            return this;
        }

        SettingsBuilder checkpointEvery(Duration value) {
            checkpointEvery = value;
            return this;
        }

        TrainingRequest.Settings build() {
            return new TrainingRequest.Settings(
                    new TrainingRequest.Schedule(steps, rate, "constant", 0),
                    new TrainingRequest.OptimizerSettings(
                            Wire.of(OptimizerKind.class, optimizer).orElseThrow(),
                            new AdamW.Settings(0.9, 0.999, decay, 1e-8),
                            1.0),
                    new TrainingRequest.Batches(batchSize, accumulation),
                    new TrainingRequest.Pictures(SIDE, randomCrop, false),
                    new TrainingRequest.LossSettings(null, 0),
                    new TrainingRequest.Compute(
                            Wire.of(Precision.class, precision).orElseThrow(), checkpointing),
                    0,
                    checkpointEvery);
        }
    }

    /** Records a run's losses and does not stop it. */
    static class Losses implements TrainingListener {

        final List<Double> values = new ArrayList<>();

        @Override
        public void onStep(int step, int total, double loss, double learningRate) {
            values.add(loss);
        }

        @Override
        public Signal signal() {
            return Signal.CONTINUE;
        }

        @Override
        public void onCheckpoint(Checkpoint checkpoint) throws IOException {
            throw new AssertionError("no checkpoint is due in a test's time");
        }
    }
}
