package dev.likeness.diffusion.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.family.Conditioning;
import dev.likeness.diffusion.family.Denoiser;
import dev.likeness.diffusion.family.PictureSizes;
import dev.likeness.diffusion.sampling.GuidedSampling;
import dev.likeness.diffusion.schedule.FlowConfig;
import dev.likeness.diffusion.schedule.FlowEulerSolver;
import dev.likeness.diffusion.schedule.FlowSettings;
import dev.likeness.diffusion.schedule.FlowWeighting;
import dev.likeness.diffusion.schedule.NoNoise;
import dev.likeness.diffusion.schedule.RandomDraws;
import dev.likeness.diffusion.schedule.RandomDraws.Purpose;
import dev.likeness.diffusion.schedule.RectifiedFlow;
import dev.likeness.diffusion.schedule.Sampler;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.training.DenoisingObjective;
import dev.likeness.diffusion.training.Example;
import dev.likeness.diffusion.training.TokenEmbeddings;
import dev.likeness.diffusion.training.TrainableParameters;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Training and sampling of a rectified flow, with an available network in the place of its velocity. */
class FlowTrainingTests {

    private static final Shape LATENT = new Shape(4, 8, 8);
    private static final int LENGTH = (int) LATENT.size();
    private static final String PROMPT = "a photo of a dog";

    private final RandomDraws draws = new RandomDraws(11);
    private final RectifiedFlow flow = new RectifiedFlow(
            new FlowConfig(1000, 3, null),
            FlowSettings.STABLE_DIFFUSION_3.with(FlowSettings.STABLE_DIFFUSION_3.density(), FlowWeighting.COSMAP));

    @Test
    void trainsOnTheVelocityOfTheFlow() throws Exception {
        with((manager, model) -> {
            float[] clean = draws.normal(Purpose.POSTERIOR, 0, 0, LENGTH);
            float[] noise = draws.normal(Purpose.TRAINING_NOISE, 0, 0, LENGTH);
            double sigma = flow.drawTime(draws, 0, 0);
            double weight = flow.lossWeight(sigma, null);
            Example example = new Example(clean, noise, sigma, PROMPT, PictureSizes.whole(64, 64), weight);
            float[] noisy = new float[LENGTH];
            for (int i = 0; i < LENGTH; i++) {
                noisy[i] = (float) ((1 - sigma) * clean[i] + sigma * noise[i]);
            }
            float[] velocity = predict(manager, model, noisy, 1000 * sigma);
            double expected = 0;
            for (int i = 0; i < LENGTH; i++) {
                expected += weight * Math.pow(velocity[i] - (noise[i] - clean[i]), 2) / LENGTH;
            }

            TrainableParameters trainable = TrainableParameters.everything(
                    model.denoiser(), model.textEncoders(), false, TokenEmbeddings.fixed(manager, model.noRows()));
            try (DenoisingObjective objective = new DenoisingObjective(
                    manager,
                    new DenoisingObjective.Networks(model.denoiser(), model.textEncoders(), flow),
                    trainable,
                    new DenoisingObjective.Options(LATENT, false, 0),
                    (step, pass) -> List.of(example))) {
                assertThat(objective.pass(manager, 0, 0, 1).loss()).isCloseTo(expected, offset(1e-5 * expected));
            }
        });
    }

    @Test
    void samplesAlongTheVelocityOfTheNetwork() throws Exception {
        with((manager, model) -> {
            FlowEulerSolver solver = (FlowEulerSolver) flow.solver(Sampler.EULER, 3, 0, 64);
            float[] noise = draws.normal(Purpose.INITIAL_LATENT, 0, 0, LENGTH);
            float[] expected = noise.clone();
            for (int step = 0; step < 3; step++) {
                float[] velocity = predict(manager, model, expected, 1000 * solver.sigmas()[step]);
                for (int i = 0; i < LENGTH; i++) {
                    expected[i] += (float) ((solver.sigmas()[step + 1] - solver.sigmas()[step]) * velocity[i]);
                }
            }

            Conditioning text = text(manager, model);
            List<float[]> sampled = new GuidedSampling(model.denoiser(), 8, sigma -> 1)
                    .run(
                            manager,
                            List.of(new GuidedSampling.Image(noise, text, text, solver, NoNoise.SOURCE)),
                            LATENT,
                            new GuidedSampling.Watch() {
                                @Override
                                public void stepDone() {}

                                @Override
                                public boolean stopRequested() {
                                    return false;
                                }
                            });

            assertThat(sampled)
                    .singleElement()
                    .satisfies(it -> assertThat(it).containsExactly(expected, offset(1e-4f)));
        });
    }

    private static float[] predict(NDManager manager, GoldenModel model, float[] sample, double timestep) {
        NDArray output = model.denoiser()
                .predict(
                        manager,
                        new Denoiser.Batch(
                                manager.create(sample, new Shape(1).addAll(LATENT)),
                                manager.create(new float[] {(float) timestep}),
                                text(manager, model),
                                List.of()));
        return output.toFloatArray();
    }

    private static Conditioning text(NDManager manager, GoldenModel model) {
        return model.textEncoders().encode(manager, List.of(PROMPT), model.noRows());
    }

    private interface Check {
        void on(NDManager manager, GoldenModel model) throws Exception;
    }

    private static void with(Check check) throws Exception {
        GoldenCase golden = GoldenCases.find("tiny-sd1", "dreambooth");
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch");
                    GoldenModel model = GoldenModel.forTraining(golden, manager, List.of())) {
                check.on(manager, model);
            }
        });
    }
}
