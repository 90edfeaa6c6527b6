package dev.likeness.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.golden.GoldenTensors;
import dev.likeness.diffusion.schedule.LearningRate;
import dev.likeness.diffusion.tensor.EngineTestThread;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScheduleFreeAdamWTests {

    private static final double TOLERANCE = 1e-6;

    /** The function schedule_free of optimizers/reference.py. */
    @Test
    void trainsAtYAndResultsInXAsTheReference() throws Exception {
        GoldenTensors expected = ReferenceProblem.results();
        with((manager, parameters, optimizer) -> {
            train(manager, optimizer, 0, ReferenceProblem.STEPS);
            assertClose(expected, "schedule_free.y.", parameters);

            optimizer.evaluate();

            assertClose(expected, "schedule_free.x.", parameters);
        });
    }

    @Test
    void continuesFromYAsIfXHadNeverBeenLookedAt() throws Exception {
        with((manager, parameters, optimizer) -> {
            train(manager, optimizer, 0, 3);
            Map<String, List<Float>> trained = ReferenceProblem.copy(parameters);
            optimizer.evaluate();
            assertThat(ReferenceProblem.copy(parameters)).isNotEqualTo(trained);
            optimizer.resume();
            assertThat(ReferenceProblem.copy(parameters)).isEqualTo(trained);

            train(manager, optimizer, 3, 6);

            Map<String, NDArray> untouched = ReferenceProblem.parameters(manager);
            try (Optimizer uninterrupted = new ScheduleFreeAdamW(manager, untouched, ReferenceProblem.ADAMW)) {
                train(manager, uninterrupted, 0, 6);
            }
            assertThat(ReferenceProblem.copy(parameters)).isEqualTo(ReferenceProblem.copy(untouched));
        });
    }

    @Test
    void looksAtXAsOftenAsWantedWithoutKeepingCopies() throws Exception {
        with((manager, parameters, optimizer) -> {
            train(manager, optimizer, 0, 3);
            optimizer.evaluate();
            Map<String, List<Float>> result = ReferenceProblem.copy(parameters);
            for (int i = 0; i < 3; i++) {
                optimizer.resume();
                optimizer.evaluate();
                assertThat(ReferenceProblem.copy(parameters)).isEqualTo(result);
            }
            optimizer.resume();
        });
    }

    @Test
    void isTheStartBeforeTheFirstStep() throws Exception {
        with((manager, parameters, optimizer) -> {
            Map<String, List<Float>> start = ReferenceProblem.copy(parameters);

            optimizer.evaluate();

            assertThat(ReferenceProblem.copy(parameters)).isEqualTo(start);
        });
    }

    @Test
    void needsABeta1ToFindXWith() throws Exception {
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() ->
                                new ScheduleFreeAdamW(manager, Map.of(), new AdamW.Constants(0, 0.999, 0.01, 1e-8)))
                        .withMessage("schedule-free AdamW needs a beta1 above 0, not 0.0");
            }
        });
    }

    /** With a warm-up of 5 steps to a rate of 0.01. */
    private static void train(NDManager manager, Optimizer optimizer, int from, int to) {
        LearningRate rates = LearningRate.scheduleFree(0.01, 5);
        for (int step = from; step < to; step++) {
            try (NDManager scope = manager.newSubManager()) {
                optimizer.step(scope, ReferenceProblem.gradients(scope, step + 1), rates.at(step));
            }
        }
    }

    private static void assertClose(GoldenTensors expected, String prefix, Map<String, NDArray> parameters) {
        parameters.forEach((name, parameter) -> expected.get(prefix + name)
                .assertClose(parameter.getShape().getShape(), parameter.toFloatArray(), TOLERANCE));
    }

    private static void with(Check check) throws Exception {
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
                Map<String, NDArray> parameters = ReferenceProblem.parameters(manager);
                try (Optimizer optimizer = new ScheduleFreeAdamW(manager, parameters, ReferenceProblem.ADAMW)) {
                    check.on(manager, parameters, optimizer);
                }
            }
        });
    }

    private interface Check {
        void on(NDManager manager, Map<String, NDArray> parameters, Optimizer optimizer) throws Exception;
    }
}
