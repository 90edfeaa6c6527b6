package dev.likeness.diffusion.graph;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.tensor.EngineTestThread;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How exact narrow heads of attention are on the CPU. */
class AttentionPrecisionTests {

    private static final int WIDTH = 16;

    /** A number without rounding in bf16. */
    private static final float KEY = -13 / 32f;

    /** Self-attention with one head. */
    private record Attention() implements Topology {

        @Override
        public String name() {
            return "attention";
        }

        @Override
        public List<String> inputs() {
            return List.of("x");
        }

        @Override
        public <T> List<T> build(Ops<T> ops, List<T> inputs) {
            List<WeightSpec> weights = Stream.of("to_q", "to_k", "to_v", "to_out.0")
                    .flatMap(layer -> Blocks.linear("a." + layer, WIDTH, WIDTH, false).stream())
                    .toList();
            return List.of(ops.apply(new Block("self_attention", "a", List.of(1), weights), inputs.get(0)));
        }
    }

    /** A weight whose first output is one of the features, and whose others are 0. */
    private static NDArray selects(NDManager manager, int feature) {
        float[] weight = new float[WIDTH * WIDTH];
        weight[feature] = 1;
        return manager.create(weight, new Shape(WIDTH, WIDTH));
    }

    /**
     * Two tokens with values 1 and -1. The second one's key makes its weight e^-0.1016 = 0.9034 of the first one's,
     * which is 0.9023 in bf16: the values' difference would be 1.1 percent too large.
     */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void weightsOfKeysAreNotRounded(Precision precision) throws Exception {
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
                Map<String, NDArray> weights = new HashMap<>();
                weights.put("a.to_v.weight", selects(manager, 0));
                weights.put("a.to_k.weight", selects(manager, 1));
                weights.put("a.to_q.weight", selects(manager, 2));
                weights.put("a.to_out.0.weight", selects(manager, 0));
                float[] tokens = new float[2 * WIDTH];
                System.arraycopy(new float[] {1, 0, 1}, 0, tokens, 0, 3);
                System.arraycopy(new float[] {-1, KEY, 1}, 0, tokens, WIDTH, 3);
                try (Network network = new Network(manager, List.of(new Attention()), weights)) {
                    network.use(precision);
                    float found = network.forward(
                                    manager, new Attention(), manager.create(tokens, new Shape(1, 2, WIDTH)))
                            .get(0)
                            .toType(DataType.FLOAT32, true)
                            .toFloatArray()[0];

                    double second = Math.exp(KEY / Math.sqrt(WIDTH));
                    assertThat((double) found)
                            .isCloseTo((1 - second) / (1 + second), Percentage.withPercentage(100 / 256.0));
                }
            }
        });
    }
}
