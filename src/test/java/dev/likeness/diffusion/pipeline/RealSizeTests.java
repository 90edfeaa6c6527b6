package dev.likeness.diffusion.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.diffusion.adapter.AdapterScales;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.method.DreamBooth;
import dev.likeness.diffusion.sampling.SamplingSettings;
import dev.likeness.diffusion.sampling.SilentListener;
import dev.likeness.diffusion.schedule.Sampler;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.training.Prompts;
import dev.likeness.diffusion.training.TrainingSettings;
import dev.likeness.diffusion.training.TrainingSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The size of Stable Diffusion 1.5: a UNet of 860 million weights, 512x512 pixels. The weights are random, so that no
 * download is needed; 4 GB on disk in fp32, and about 20 GB of memory. Prints its measurements.
 */
@Tag("real-size")
class RealSizeTests {

    private static final int SIDE = 512;
    private static final int STEPS = 3;
    private static final int SAMPLER_STEPS = 2;

    @TempDir
    private Path folder;

    @Test
    void loadsSamplesAndTrainsInFull() throws Exception {
        RandomModel.stableDiffusion15(folder);
        EngineTestThread.run(() -> {
            try (DiffusionEngine engine = TorchEngine.start(new EngineOptions("cpu", 0, null, null, true));
                    Pipeline pipeline = engine.open(folder, ScoreEncoders.in(folder))) {
                long start = System.nanoTime();
                TinyWorld.Losses losses = new TinyWorld.Losses();
                TrainingSummary summary = pipeline.train(request(), losses);
                report("three training steps, loading included", start);
                assertThat(losses.values).hasSize(STEPS).allMatch(Double::isFinite);
                assertThat(summary.stepsRun()).isEqualTo(STEPS);
                start = System.nanoTime();
                RgbImage image = pipeline.generate(
                                new GenerationRequest(
                                        List.of(new GenerationRequest.Image("a photo of a teapot", "", 0)),
                                        new SamplingSettings(Sampler.DDIM, SAMPLER_STEPS, 7.5, 0, SIDE, SIDE),
                                        AdapterScales.FULL,
                                        1),
                                new SilentListener())
                        .get(0)
                        .image();
                report("one image of %d steps with guidance".formatted(SAMPLER_STEPS), start);
                assertThat(image.width()).isEqualTo(SIDE);
                System.out.printf("%.2f steps/s, losses %s%n", summary.stepsPerSecond(), losses.values);
            }
        });
    }

    private static TrainingRequest request() {
        byte[] gray = new byte[SIDE * SIDE * 3];
        Arrays.fill(gray, (byte) 127);
        RgbImage picture = new RgbImage(SIDE, SIDE, gray);
        TrainingSettings settings = TinyWorld.settings()
                .resolution(SIDE)
                .steps(STEPS)
                .rate(2e-6)
                .batch(1, 1)
                .withGradientCheckpointing();
        return new TrainingRequest(
                new DreamBooth(false),
                new TrainingRequest.Subject(List.of(picture), Prompts.fixed("a photo of sks teapot")),
                null,
                settings,
                null);
    }

    private static void report(String what, long start) throws IOException {
        String memory = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .findFirst()
                .orElse("");
        System.out.printf("%s: %.1f s, %s%n", what, (System.nanoTime() - start) / 1e9, memory);
    }
}
