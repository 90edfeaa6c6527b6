package dev.likeness.diffusion.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.family.PictureSizes;
import dev.likeness.diffusion.schedule.HuberSchedule;
import dev.likeness.diffusion.schedule.NoiseProcess;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.training.DenoisingObjective;
import dev.likeness.diffusion.training.Example;
import dev.likeness.diffusion.training.LossFunction;
import dev.likeness.diffusion.training.LossPart;
import dev.likeness.diffusion.training.LossType;
import dev.likeness.diffusion.training.Objective;
import dev.likeness.diffusion.training.TokenEmbeddings;
import dev.likeness.diffusion.training.TrainableParameters;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A pass with all settings of the loss together: two pictures, one of them at pure noise, with perturbed inputs and both
 * weightings, compared with kohya's functions and diffusers' UNet.
 */
class LossObjectiveTests {

    private static final Path REFERENCE = Path.of("src/test/resources/losses/reference.safetensors");
    private static final Shape LATENT = new Shape(4, 16, 16);
    private static final int[] TIMESTEPS = {999, 321};
    private static final double PERTURBATION = 0.1;

    @ParameterizedTest
    @CsvSource({"L2, false", "HUBER, false", "HUBER, true", "SMOOTH_L1, false"})
    void hasTheLossAndGradientsOfTheReference(LossType type, boolean checkpointing) throws Exception {
        GoldenTensors reference = GoldenTensors.read(REFERENCE);
        float[] expected = reference.get("objective." + type.wire()).values();
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch");
                    GoldenModel model =
                            GoldenModel.forTraining(GoldenCases.find("tiny-sd2", "dreambooth"), manager, List.of())) {
                NoiseProcess noise = model.noise().withZeroTerminalSnr();
                List<Example> batch = IntStream.range(0, TIMESTEPS.length)
                        .mapToObj(i -> example(reference, noise, i))
                        .toList();
                TrainableParameters trainable = TrainableParameters.everything(
                        model.denoiser(), model.textEncoders(), false, TokenEmbeddings.fixed(manager, model.noRows()));
                try (DenoisingObjective objective = new DenoisingObjective(
                        manager,
                        new DenoisingObjective.Networks(model.denoiser(), model.textEncoders(), noise),
                        trainable,
                        new DenoisingObjective.Options(
                                LATENT, checkpointing, 0, new LossFunction(type, HuberSchedule.SNR, 0.1)),
                        (step, pass) -> batch)) {
                    Objective.Pass pass = objective.pass(manager, 0, 0, 1);

                    assertThat(pass.loss()).isCloseTo(expected[0], offset(1e-5));
                    assertThat(norm(pass)).isCloseTo(expected[1], offset(1e-5));
                }
            }
        });
    }

    private static Example example(GoldenTensors reference, NoiseProcess noise, int i) {
        float[] predicted = reference.get("objective.noise").at(i).values();
        float[] added = reference.get("objective.further").at(i).values();
        for (int k = 0; k < added.length; k++) {
            added[k] = (float) (predicted[k] + PERTURBATION * added[k]);
        }
        int t = TIMESTEPS[i];
        return new Example(
                reference.get("objective.clean").at(i).values(),
                new Example.Noise(added, predicted),
                t,
                "a photo of a dog",
                PictureSizes.whole(64, 64),
                noise.lossWeight(t, 5.0) * noise.debiasedWeight(t) / TIMESTEPS.length,
                null,
                LossPart.INSTANCE);
    }

    private static double norm(Objective.Pass pass) {
        double squares = 0;
        for (NDArray gradient : pass.gradients().values()) {
            for (float value : gradient.toFloatArray()) {
                squares += (double) value * value;
            }
        }
        return Math.sqrt(squares);
    }
}
