package dev.likeness.diffusion.pipeline;

import dev.likeness.diffusion.adapter.AdapterScales;
import dev.likeness.diffusion.data.Png;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.sampling.SamplingSettings;
import dev.likeness.diffusion.schedule.Sampler;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.training.Checkpoint;
import dev.likeness.diffusion.training.TrainingListener;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
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
                open = TorchEngine.start(new EngineOptions("cpu", 0, null, null, true))
                        .open(folder(), ScoreEncoders.in(folder()));
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
    static TinySettings settings() {
        return new TinySettings();
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
