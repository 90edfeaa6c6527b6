package dev.likeness.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.golden.GoldenTensors;
import dev.likeness.diffusion.tensor.EngineTestThread;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Averages of what AdamW trains. */
public class AveragedObjectiveTests {

    private static final double TOLERANCE = 1e-6;
    private static final Ema PLAIN = new Ema(0.9999, 0, 0, false, 1, 2 / 3.0);

    /** Settings of an average. */
    public record Ema(double decay, double minDecay, int updateAfterStep, boolean warmup, double invGamma, double power)
            implements AveragedObjective.Settings {}

    /** The function averages of optimizers/reference.py. */
    @Test
    void followsAsTheReference() throws Exception {
        assertAverage("ema.", PLAIN);
        assertAverage("ema_warmed.", new Ema(0.8, 0.125, 3, true, 2, 0.75));
    }

    private static void assertAverage(String prefix, Ema settings) throws Exception {
        GoldenTensors expected = ReferenceProblem.results();
        onEngine(manager -> {
            Map<String, NDArray> parameters = ReferenceProblem.parameters(manager);
            try (Optimizer optimizer = new AdamW(manager, parameters, ReferenceProblem.ADAMW);
                    AveragedObjective averaged = new AveragedObjective(manager, objective(parameters), settings)) {
                for (int step = 1; step <= ReferenceProblem.STEPS; step++) {
                    ReferenceProblem.train(manager, optimizer, step, step);
                    averaged.afterStep();
                }
                Map<String, List<Float>> raw = ReferenceProblem.copy(parameters);

                averaged.exchange();
                parameters.forEach((name, average) -> expected.get(prefix + name)
                        .assertClose(average.getShape().getShape(), average.toFloatArray(), TOLERANCE));
                averaged.exchange();

                assertThat(ReferenceProblem.copy(parameters)).isEqualTo(raw);
            }
        });
    }

    @Test
    void risesToTheDecay() {
        assertThat(List.of(PLAIN.decayOf(1), PLAIN.decayOf(2), PLAIN.decayOf(11)))
                .containsExactly(0.0, 2 / 11.0, 11 / 20.0);
        assertThat(new Ema(0.5, 0, 0, false, 1, 1).decayOf(1000)).isEqualTo(0.5);
        Ema late = new Ema(0.9, 0.25, 10, true, 1, 0.5);
        assertThat(List.of(late.decayOf(11), late.decayOf(12))).containsExactly(0.0, 1 - Math.sqrt(0.5));
        assertThat(new Ema(0.9, 0.5, 10, true, 1, 0.5).decayOf(12)).isEqualTo(0.5);
        assertThat(late.decayOf(13)).isCloseTo(1 - 1 / Math.sqrt(3), within(1e-15));
    }

    /** So that the result of textual inversion is averaged where it is v_star. */
    @Test
    void includesTheStateOfTheObjective() throws Exception {
        onEngine(manager -> {
            NDArray anchor = manager.create(new float[] {1});
            Objective objective = new Objective() {
                @Override
                public Map<String, NDArray> parameters() {
                    return Map.of();
                }

                @Override
                public Map<String, NDArray> state() {
                    return Map.of("anchor", anchor);
                }

                @Override
                public Pass pass(NDManager scope, int step, int pass, double lossScale) {
                    throw new AssertionError("no pass is asked for");
                }

                @Override
                public void afterStep() {
                    anchor.addi(1);
                }
            };
            try (AveragedObjective averaged =
                    new AveragedObjective(manager, objective, new Ema(0.5, 0.5, 0, false, 1, 1))) {
                averaged.afterStep();
                averaged.afterStep();
                assertThat(averaged.state().keySet()).containsExactlyInAnyOrder("anchor", "ema.anchor", "ema.updates");
                averaged.exchange();
            }

            assertThat(anchor.toFloatArray()).containsExactly(2.5f);
        });
    }

    private static Objective objective(Map<String, NDArray> parameters) {
        return new Objective() {
            @Override
            public Map<String, NDArray> parameters() {
                return parameters;
            }

            @Override
            public Pass pass(NDManager scope, int step, int pass, double lossScale) {
                throw new AssertionError("no pass is asked for");
            }
        };
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
