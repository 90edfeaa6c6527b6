package dev.likeness.diffusion.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.family.Conditioning;
import dev.likeness.diffusion.family.Denoiser;
import dev.likeness.diffusion.graph.Blocks;
import dev.likeness.diffusion.graph.Ops;
import dev.likeness.diffusion.graph.Topology;
import dev.likeness.diffusion.schedule.NoNoise;
import dev.likeness.diffusion.schedule.NoiseSource;
import dev.likeness.diffusion.schedule.Solver;
import dev.likeness.diffusion.tensor.EngineTestThread;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A denoiser whose scale of guidance is an input. */
class EmbeddedGuidanceTests {

    private static final Shape LATENT = new Shape(1, 1, 3);

    /** Adds the scale to the sample. Two rows would have no matching shapes. */
    private record Sum() implements Topology {

        @Override
        public String name() {
            return "sum";
        }

        @Override
        public List<String> inputs() {
            return List.of(Denoiser.SAMPLE, Denoiser.GUIDANCE);
        }

        @Override
        public <T> List<T> build(Ops<T> ops, List<T> inputs) {
            return List.of(ops.apply(Blocks.sum(), inputs.get(0), inputs.get(1)));
        }
    }

    /** The prediction is the next sample. */
    private record Next() implements Solver {

        @Override
        public double[] timesteps() {
            return new double[] {2, 1};
        }

        @Override
        public double noiseLevel(int index) {
            return timesteps()[index];
        }

        @Override
        public double initNoiseSigma() {
            return 1;
        }

        @Override
        public float[] step(int index, float[] output, float[] sample, NoiseSource noise) {
            return output;
        }
    }

    @Test
    void isAnInputInPlaceOfAnUnconditionalHalf() throws Exception {
        with((manager, denoiser) -> {
            Conditioning text = new Conditioning(manager.ones(new Shape(1, 1, 1)), null);
            GuidedSampling.Image image =
                    new GuidedSampling.Image(new float[] {0, 1, 2}, text, text, new Next(), NoNoise.SOURCE);

            List<float[]> found =
                    new GuidedSampling(denoiser, 8, sigma -> 3.5).run(manager, List.of(image), LATENT, new Go());

            assertThat(found.get(0)).containsExactly(7, 8, 9);
        });
    }

    @Test
    void isNeeded() throws Exception {
        with((manager, denoiser) -> {
            Denoiser.Batch batch = new Denoiser.Batch(
                    manager.ones(new Shape(1, 1, 2, 2)),
                    manager.ones(new Shape(1)),
                    new Conditioning(manager.ones(new Shape(1, 1, 1)), null),
                    List.of());

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> denoiser.predict(manager, batch))
                    .withMessageContaining("guidance");
        });
    }

    private static final class Go implements GuidedSampling.Watch {

        @Override
        public void stepDone() {}

        @Override
        public boolean stopRequested() {
            return false;
        }
    }

    private interface Check {
        void on(NDManager manager, Denoiser denoiser);
    }

    private static void with(Check check) throws Exception {
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch");
                    Denoiser denoiser = new Denoiser(
                            manager, "transformer", new Sum(), Map.of("unused", manager.ones(new Shape(1))))) {
                check.on(manager, denoiser);
            }
        });
    }
}
