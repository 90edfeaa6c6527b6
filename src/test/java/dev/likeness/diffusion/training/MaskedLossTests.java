package dev.likeness.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.data.LossMask;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.data.TrainingFrame;
import dev.likeness.diffusion.data.TrainingSize;
import dev.likeness.diffusion.family.LatentMoments;
import dev.likeness.diffusion.family.PictureSizes;
import dev.likeness.diffusion.tensor.EngineTestThread;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compared with {@code apply_masked_loss} of sd-scripts: {@code src/test/resources/crops/reference.py}. */
class MaskedLossTests {

    private static final int PICTURES = 2;
    private static final int CHANNELS = 4;
    private static final int HEIGHT = 6;
    private static final int WIDTH = 10;
    private static final int FACTOR = 8;
    private static final Shape BATCH = new Shape(PICTURES, CHANNELS, HEIGHT, WIDTH);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void lossAndGradientAreThoseOfSdScripts(int number) throws Exception {
        EngineTestThread.run(() -> compare(number));
    }

    private static void compare(int number) throws IOException {
        List<String> lines = lines();
        double[] reference = numbers(lines.get(3 + number));
        try (NDManager manager = NDManager.newBaseManager("PyTorch");
                TrainingKernels kernels = new TrainingKernels(manager)) {
            Example[] examples = new Example[PICTURES];
            for (int i = 0; i < PICTURES; i++) {
                examples[i] = example().masked(null, weights(lines.get(0), i, reference[0]));
            }

            TrainingKernels.LossAndGradient found = kernels.weightedMse(
                    manager,
                    manager.create(floats(lines.get(1)), BATCH),
                    manager.create(floats(lines.get(2)), BATCH),
                    LossWeights.of(manager, List.of(examples), BATCH));

            assertThat((double) found.loss().getFloat()).isCloseTo(reference[1], withinPercentage(1e-4));
            float[] gradient = found.gradient().toFloatArray();
            assertThat(gradient).hasSize(reference.length - 2);
            for (int i = 0; i < gradient.length; i++) {
                assertThat((double) gradient[i]).isCloseTo(reference[i + 2], within(1e-8));
            }
        }
    }

    private static float[] weights(String masks, int picture, double outside) {
        double[] values = numbers(masks);
        int pixels = values.length / PICTURES;
        byte[] rgb = new byte[3 * pixels];
        for (int i = 0; i < pixels; i++) {
            Arrays.fill(rgb, 3 * i, 3 * i + 3, (byte) values[picture * pixels + i]);
        }
        int width = WIDTH * FACTOR;
        int height = HEIGHT * FACTOR;
        TrainingFrame frame = new TrainingFrame(width, height, new TrainingSize(width, height, width, height), 0, 0);
        return new LossMask(new RgbImage(width, height, rgb), outside).weights(frame, FACTOR);
    }

    /** The errors of a region and a mask: the mean over the region of mask times error. */
    @Test
    void aMaskIsAFactorOfTheErrorsInARegion() {
        Example masked = example().masked(new float[] {1, 1, 0, 0}, new float[] {0.5f, 0, 1, 0.25f});

        assertThat(masked.mask()).containsExactly(0.5f, 0, 0, 0);
        assertThat(masked.weight()).isEqualTo(0.5 * 0.5 / 2);
    }

    @Test
    void aMaskThatLeavesEverythingOutHasNoLoss() throws Exception {
        Example masked = example().masked(null, new float[HEIGHT * WIDTH]);

        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
                assertThat(LossWeights.of(manager, List.of(masked), new Shape(1, CHANNELS, HEIGHT, WIDTH))
                                .toFloatArray())
                        .containsOnly(0);
            }
        });
    }

    @Test
    void aLatentHasTheAspectRatioOfItsPicture() {
        assertThat(example().shape(CHANNELS)).isEqualTo(new LatentMoments.Size(CHANNELS, HEIGHT, WIDTH));
    }

    /** Half the weight of a batch of two. */
    private static Example example() {
        float[] latent = new float[CHANNELS * HEIGHT * WIDTH];
        PictureSizes sizes = PictureSizes.whole(HEIGHT * FACTOR, WIDTH * FACTOR);
        return new Example(latent, latent, 0, "", sizes, 1.0 / PICTURES);
    }

    private static List<String> lines() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(MaskedLossTests.class.getResourceAsStream("/crops/masked-loss.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        }
    }

    private static double[] numbers(String line) {
        return Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    private static float[] floats(String line) {
        double[] numbers = numbers(line);
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }
}
