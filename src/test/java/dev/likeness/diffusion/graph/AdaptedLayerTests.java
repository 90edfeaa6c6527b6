package dev.likeness.diffusion.graph;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.tensor.EngineTestThread;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A linear layer with an adapter. */
class AdaptedLayerTests {

    private static final String LAYER = "layer";

    /** Far below the distance of two numbers near 1 in bf16, which is 1/128. */
    private static final float UP = 1f / 4096;

    /** One linear layer without bias. */
    private record OneLayer() implements Topology {

        @Override
        public String name() {
            return "one_layer";
        }

        @Override
        public List<String> inputs() {
            return List.of("x");
        }

        @Override
        public <T> List<T> build(Ops<T> ops, List<T> inputs) {
            Block layer = new Block("linear", LAYER, List.of(), Blocks.linear(LAYER, 2, 1, false));
            return List.of(ops.apply(layer, inputs.get(0)));
        }
    }

    private interface Check {
        void on(NDManager manager, Network network);
    }

    /** The weight's two products cancel each other, so that the adapter alone is the output. */
    private static void with(Check check) throws Exception {
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
                Map<String, NDArray> weights =
                        Map.of(LAYER + ".weight", manager.create(new float[] {1, -1}, new Shape(1, 2)));
                try (Network network = new Network(manager, List.of(new OneLayer()), weights)) {
                    network.setAdapter(Map.of(
                            Adapters.down(LAYER), manager.ones(new Shape(1, 2)),
                            Adapters.up(LAYER), manager.full(new Shape(1, 1), UP),
                            Adapters.scale(LAYER), manager.create(0.5f)));
                    check.on(manager, network);
                }
            }
        });
    }

    private static float[] output(NDManager manager, Network network) {
        return network.forward(manager, new OneLayer(), manager.ones(new Shape(1, 2)))
                .get(0)
                .toType(DataType.FLOAT32, true)
                .toFloatArray();
    }

    @Test
    void anAdapterActsInEveryPrecision() throws Exception {
        with((manager, network) -> {
            for (Precision precision : Precision.values()) {
                network.use(precision);

                assertThat(output(manager, network)).as(precision.wire()).containsExactly(UP);
            }
        });
    }

    @Test
    void dropoutLeavesOutInputsOfTheAdapter() throws Exception {
        with((manager, network) -> {
            // Of 1,000 rows, some keep no input, some one and some both, but with a probability of 2e-125.
            network.setDropout(0.5);
            NDArray rows = manager.ones(new Shape(1000, 2));

            float[] output =
                    network.forward(manager, new OneLayer(), rows).get(0).toFloatArray();

            assertThat(output).contains(0f, UP, 2 * UP).hasSize(1000);
        });
    }
}
