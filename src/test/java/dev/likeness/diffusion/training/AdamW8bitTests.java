package dev.likeness.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.tensor.EngineTestThread;
import java.util.Collection;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class AdamW8bitTests {

    private static final AdamW.Settings SETTINGS = ReferenceProblem.ADAMW;
    private static final int LOSS_STEPS = 300;
    private static final int LOSS_WINDOW = 20;

    @Test
    void keepsAQuarterOfTheState() throws Exception {
        onEngine(manager -> {
            Map<String, NDArray> parameters = Map.of("w", manager.zeros(new Shape(256, 64, 3, 3)));
            try (Optimizer full = new AdamW(manager, parameters, SETTINGS);
                    Optimizer quantised = new AdamW8bit(manager, parameters, SETTINGS)) {
                assertThat(bytes(quantised) / bytes(full)).isBetween(0.25, 0.255);
            }
        });
    }

    @Test
    void keepsSmallParametersStateInFull() throws Exception {
        onEngine(manager -> {
            NDArray below = manager.zeros(new Shape(4095));
            NDArray from = manager.zeros(new Shape(64, 64));
            try (Optimizer optimizer = new AdamW8bit(manager, Map.of("below", below, "from", from), SETTINGS)) {
                Map<String, NDArray> state = optimizer.state();

                assertThat(state)
                        .containsOnlyKeys(
                                "adamw.mean.below",
                                "adamw.square.below",
                                "adamw.step.below",
                                "adamw8bit.mean.from",
                                "adamw8bit.mean_largest.from",
                                "adamw8bit.square.from",
                                "adamw8bit.square_largest.from",
                                "adamw8bit.step");
                assertThat(state.get("adamw.mean.below"))
                        .extracting(NDArray::getDataType)
                        .isEqualTo(DataType.FLOAT32);
                assertThat(state.get("adamw8bit.mean.from"))
                        .extracting(NDArray::getDataType)
                        .isEqualTo(DataType.UINT8);
            }
        });
    }

    /** A parameter of more than one piece repeats a small one, block by block. */
    @Test
    void takesTheSameStepsInPieces() throws Exception {
        int period = 4096;
        int copies = 513;
        onEngine(manager -> {
            NDArray one = manager.create(noise(new Random(1), period, 1));
            NDArray many = one.tile(copies);
            try (Optimizer optimizer = new AdamW8bit(manager, Map.of("one", one, "many", many), SETTINGS)) {
                for (int step = 1; step <= 2; step++) {
                    NDArray gradient = manager.create(noise(new Random(step), period, 1));
                    optimizer.step(manager, Map.of("one", gradient, "many", gradient.tile(copies)), 0.01);
                }
            }

            assertThat(many.contentEquals(one.tile(copies))).isTrue();
        });
    }

    /** A rarely used weight has a small state compared with its block's largest one, which must not be lost. */
    @Test
    void takesNoLongStepWhereGradientsAreRare() throws Exception {
        double rate = 0.01;
        onEngine(manager -> {
            NDArray weight = manager.zeros(new Shape(4096));
            float[] gradient = noise(new Random(0), 4096, 1);
            try (Optimizer optimizer =
                    new AdamW8bit(manager, Map.of("w", weight), new AdamW.Constants(0.9, 0.999, 0, 1e-8))) {
                for (int step = 0; step < 4; step++) {
                    gradient[7] = step == 0 ? 1e-4f : 0;
                    float before = weight.getFloat(7);
                    optimizer.step(manager, Map.of("w", manager.create(gradient)), rate);

                    assertThat(Math.abs(weight.getFloat(7) - before)).isLessThan((float) rate * 1.01f);
                }
            }
        });
    }

    @Test
    void learnsAsFastAsAdamW() throws Exception {
        onEngine(manager -> {
            double[] full = losses(manager, (owner, parameters) -> new AdamW(owner, parameters, SETTINGS));
            double[] quantised = losses(manager, (owner, parameters) -> new AdamW8bit(owner, parameters, SETTINGS));

            assertThat(full[full.length - 1]).isLessThan(full[0] / 5);
            assertThat(quantised).isNotEqualTo(full);
            for (int i = 0; i < full.length; i++) {
                assertThat(quantised[i] / full[i]).isBetween(0.98, 1.02);
            }
        });
    }

    /**
     * Mean losses of windows of steps. A network of two layers learns the function of another one from new examples.
     */
    private static double[] losses(
            NDManager manager, BiFunction<NDManager, Map<String, NDArray>, Optimizer> optimizers) {
        Random random = new Random(0);
        NDArray teacher1 = manager.create(noise(random, 32 * 64, 0.18), new Shape(32, 64));
        NDArray teacher2 = manager.create(noise(random, 64 * 16, 0.12), new Shape(64, 16));
        NDArray w1 = manager.create(noise(random, 32 * 256, 0.18), new Shape(32, 256));
        NDArray w2 = manager.create(noise(random, 256 * 16, 0.06), new Shape(256, 16));
        double[] losses = new double[LOSS_STEPS / LOSS_WINDOW];
        try (Optimizer optimizer = optimizers.apply(manager, Map.of("w1", w1, "w2", w2))) {
            for (int step = 0; step < LOSS_STEPS; step++) {
                try (NDManager scope = manager.newSubManager()) {
                    NDArray x = scope.create(noise(random, 64 * 32, 1), new Shape(64, 32));
                    NDArray hidden = x.dot(w1).tanh();
                    NDArray error = hidden.dot(w2).sub(x.dot(teacher1).tanh().dot(teacher2));
                    NDArray upstream = error.mul(2.0 / error.size());
                    NDArray inner = upstream.dot(w2.transpose())
                            .mul(hidden.square().neg().add(1));
                    losses[step / LOSS_WINDOW] += error.square().mean().getFloat() / LOSS_WINDOW;
                    optimizer.step(
                            scope,
                            Map.of(
                                    "w1", x.transpose().dot(inner),
                                    "w2", hidden.transpose().dot(upstream)),
                            3e-3);
                }
            }
        }
        return losses;
    }

    private static float[] noise(Random random, int count, double deviation) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextGaussian() * deviation);
        }
        return values;
    }

    private static double bytes(Optimizer optimizer) {
        Collection<NDArray> state = optimizer.state().values();
        return state.stream()
                .mapToLong(tensor -> tensor.size() * tensor.getDataType().getNumOfBytes())
                .sum();
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
