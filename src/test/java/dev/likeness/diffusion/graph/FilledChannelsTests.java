package dev.likeness.diffusion.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.tensor.EngineTestThread;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Convolutions whose output channels are padded to sixteen, with an adapter, on both kinds of tape. */
class FilledChannelsTests {

    /** [3, 5, 6, 6] to 20 channels to [3, 4, 3, 3]. */
    private record Convolutions() implements Topology {

        @Override
        public String name() {
            return "convolutions";
        }

        @Override
        public List<String> inputs() {
            return List.of("x");
        }

        @Override
        public <T> List<T> build(Ops<T> ops, List<T> inputs) {
            T h = ops.apply(Blocks.conv3("first", 5, 20, 1), inputs.get(0));
            return List.of(ops.apply(Blocks.toFloat(), ops.apply(Blocks.conv3("last", 20, 4, 2), h)));
        }
    }

    private static Tape.Gradients gradients(NDManager scope, Network network, boolean checkpointing) {
        Tape tape = network.record(
                scope,
                new Convolutions(),
                List.of(TestTensors.wave(scope, 0.9, 3, 5, 6, 6)),
                List.of(true),
                new TreeSet<>(TRAINED),
                checkpointing);
        NDArray output = tape.outputs().get(0);
        assertThat(output.getShape()).isEqualTo(new Shape(3, 4, 3, 3));
        return tape.backward(List.of(output));
    }

    private static final List<String> TRAINED = List.of(
            "first.weight", "first.bias", "last.weight", "last.bias", Adapters.down("last"), Adapters.up("last"));

    @ParameterizedTest
    @EnumSource(Precision.class)
    void checkpointingLeavesGradientsAsTheyAre(Precision precision) throws Exception {
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
                Map<String, NDArray> weights = TestTensors.of(
                        manager,
                        List.copyOf(
                                NeededWeights.of(List.of(new Convolutions())).values()));
                Map<String, NDArray> adapter = TestTensors.of(
                        manager,
                        List.of(
                                new WeightSpec(Adapters.down("last"), 3, 20, 3, 3),
                                new WeightSpec(Adapters.up("last"), 4, 3, 1, 1)));
                adapter.put(Adapters.scale("last"), manager.create(0.5f));
                try (Network network = new Network(manager, List.of(new Convolutions()), weights)) {
                    network.setAdapter(adapter);
                    network.use(precision);
                    network.requireGradients(new TreeSet<>(TRAINED));
                    Tape.Gradients kept = gradients(manager, network, false);
                    Tape.Gradients computedAgain = gradients(manager, network, true);

                    assertThat(computedAgain.weights().keySet()).containsExactlyInAnyOrderElementsOf(TRAINED);
                    kept.weights().forEach((name, gradient) -> {
                        assertThat(gradient.getShape())
                                .as(name)
                                .isEqualTo(network.tensor(name).getShape());
                        assertSame(
                                name,
                                gradient,
                                Objects.requireNonNull(computedAgain.weights().get(name)));
                    });
                    assertSame(
                            "x",
                            Objects.requireNonNull(kept.inputs().get(0)),
                            Objects.requireNonNull(computedAgain.inputs().get(0)));
                }
            }
        });
    }

    private static void assertSame(String name, NDArray expected, NDArray actual) {
        float[] values = expected.toFloatArray();
        float[] others = actual.toFloatArray();
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(largest).as(name).isPositive().isFinite();
        assertThat(others).as(name).hasSameSizeAs(values);
        for (int i = 0; i < values.length; i++) {
            assertThat(others[i]).as("%s %d", name, i).isCloseTo(values[i], within(1e-6f * largest));
        }
    }
}
