package dev.likeness.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.golden.GoldenTensors;
import dev.likeness.diffusion.tensor.EngineTestThread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class ProdigyTests {

    private static final int STEPS = 150;
    private static final double SCALE = 1.0 / (1 << 20);
    private static final double TOLERANCE = 1e-5;

    private static final Percentage OF_ESTIMATE = Percentage.withPercentage(0.001);

    /** The function bowl of optimizers/reference.py. */
    @Test
    void findsTheRateOfTheReference() throws Exception {
        GoldenTensors expected = ReferenceProblem.results();
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
                Map<String, NDArray> parameters = ReferenceProblem.parameters(manager);
                parameters.values().forEach(parameter -> parameter.muli(SCALE));
                List<Float> rates = new ArrayList<>();
                try (Optimizer optimizer = new Prodigy(manager, parameters, ReferenceProblem.ADAMW)) {
                    for (int step = 1; step <= STEPS; step++) {
                        try (NDManager scope = manager.newSubManager()) {
                            optimizer.step(scope, towards(scope, parameters), Math.min(1, 5 - 5d * (step - 1) / STEPS));
                        }
                        rates.add(estimate(optimizer));
                    }
                }

                float[] expectedRates = expected.get("bowl.rates").values();
                assertThat(rates).hasSize(expectedRates.length);
                for (int i = 0; i < expectedRates.length; i++) {
                    assertThat(rates.get(i)).as("after step %d", i + 1).isCloseTo(expectedRates[i], OF_ESTIMATE);
                }
                parameters.forEach((name, parameter) -> expected.get("bowl." + name)
                        .assertClose(parameter.getShape().getShape(), parameter.toFloatArray(), TOLERANCE));
            }
        });
    }

    @Test
    void changesNothingWithoutAGradientOrARate() throws Exception {
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
                NDArray parameter = manager.ones(new Shape(3));
                try (Optimizer optimizer = new Prodigy(manager, Map.of("p", parameter), ReferenceProblem.ADAMW)) {
                    optimizer.step(manager, Map.of("p", manager.zeros(new Shape(3))), 1);
                    optimizer.step(manager, Map.of("p", manager.ones(new Shape(3))), 0);

                    assertThat(estimate(optimizer)).isCloseTo(1e-6f, within(1e-12f));
                }
                assertThat(parameter.toFloatArray()).containsOnly(1);
            }
        });
    }

    private static Map<String, NDArray> towards(NDManager scope, Map<String, NDArray> parameters) {
        Map<String, NDArray> gradients = new LinkedHashMap<>();
        parameters.forEach((name, parameter) -> {
            NDArray gradient = parameter.sub(0.25f);
            gradient.attach(scope);
            gradients.put(name, gradient);
        });
        return gradients;
    }

    private static float estimate(Optimizer optimizer) {
        return Objects.requireNonNull(optimizer.state().get("prodigy.estimate")).toFloatArray()[0];
    }
}
