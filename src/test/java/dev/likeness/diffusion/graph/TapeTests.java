package dev.likeness.diffusion.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.tensor.EngineTestThread;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients of a network of two blocks, on a plain and a checkpointed tape. */
class TapeTests {

    private static final long[] SHAPE = {2, 4, 3, 5};
    private static final TreeSet<String> ALL =
            new TreeSet<>(List.of("first.weight", "first.bias", "second.weight", "second.bias"));

    /**
     * A convolution, and a norm of its result as the second output. The first output is their sum, so the convolution's
     * result has two uses.
     */
    private record TwoBlocks() implements Topology {

        @Override
        public String name() {
            return "two_blocks";
        }

        @Override
        public List<String> inputs() {
            return List.of("x", "y");
        }

        @Override
        public <T> List<T> build(Ops<T> ops, List<T> inputs) {
            T first = ops.apply(Blocks.conv1("first", 4, 4), ops.apply(Blocks.sum(), inputs.get(0), inputs.get(1)));
            T second = ops.apply(Blocks.normSilu("second", 4, 2, 1e-5), first);
            return List.of(ops.apply(Blocks.sum(), first, second), first);
        }
    }

    /** The convolution alone, as the first block, so that both tapes use the same seed. */
    private record DropoutFirst() implements Topology {

        @Override
        public String name() {
            return "dropout_first";
        }

        @Override
        public List<String> inputs() {
            return List.of("x");
        }

        @Override
        public <T> List<T> build(Ops<T> ops, List<T> inputs) {
            T first = ops.apply(Blocks.conv1("first", 4, 4), inputs.get(0));
            return List.of(ops.apply(Blocks.normSilu("second", 4, 2, 1e-5), first));
        }
    }

    private interface Check {
        void on(NDManager manager, Network network);
    }

    private static void with(Check check) throws Exception {
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
                Topology topology = new TwoBlocks();
                Map<String, NDArray> weights = TestTensors.of(
                        manager, NeededWeights.of(List.of(topology)).values());
                try (Network network = new Network(manager, List.of(topology, new DropoutFirst()), weights)) {
                    network.requireGradients(ALL);
                    check.on(manager, network);
                }
            }
        });
    }

    private static List<NDArray> inputs(NDManager manager) {
        return List.of(TestTensors.wave(manager, 0.9, SHAPE), TestTensors.wave(manager, 1.7, SHAPE));
    }

    private static Tape tape(NDManager manager, Network network, boolean checkpointing) {
        return network.record(manager, new TwoBlocks(), inputs(manager), List.of(true, false), ALL, checkpointing);
    }

    /** Gradients of both outputs, with different weights. */
    private static Tape.Gradients gradients(NDManager manager, Network network, boolean checkpointing) {
        return tape(manager, network, checkpointing).backward(upstream(manager));
    }

    private static List<NDArray> upstream(NDManager manager) {
        return List.of(TestTensors.wave(manager, 0.4, SHAPE), TestTensors.wave(manager, 2.3, SHAPE));
    }

    @Test
    void bothTapesGiveTheSameGradients() throws Exception {
        with((manager, network) -> {
            Tape.Gradients plain = gradients(manager, network, false);
            Tape.Gradients checkpointed = gradients(manager, network, true);

            assertThat(plain.weights()).containsOnlyKeys(ALL);
            assertThat(checkpointed.weights()).containsOnlyKeys(ALL);
            plain.weights()
                    .forEach((name, gradient) -> assertSame(
                            name,
                            gradient,
                            Objects.requireNonNull(checkpointed.weights().get(name))));
            assertSame(
                    "x",
                    Objects.requireNonNull(plain.inputs().get(0)),
                    Objects.requireNonNull(checkpointed.inputs().get(0)));
        });
    }

    /** The difference quotient for a change of a weight in one direction. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void gradientsSayHowTheLossChanges(boolean checkpointing) throws Exception {
        with((manager, network) -> {
            Tape.Gradients gradients = gradients(manager, network, checkpointing);

            for (String name : ALL) {
                NDArray weight = network.tensor(name);
                NDArray direction =
                        TestTensors.wave(manager, 1.1, weight.getShape().getShape());
                double change = loss(manager, network, Map.of(name, weight.add(direction.mul(0.01))))
                        - loss(manager, network, Map.of(name, weight.sub(direction.mul(0.01))));
                double expected = sum(
                        Objects.requireNonNull(gradients.weights().get(name)).mul(direction));

                assertThat(expected).as(name).isCloseTo(change / 0.02, withPercentage(1));
            }
        });
    }

    private static double loss(NDManager manager, Network network, Map<String, NDArray> weights) {
        network.setReplacements(weights);
        List<NDArray> upstream = upstream(manager);
        List<NDArray> outputs =
                network.forward(manager, new TwoBlocks(), inputs(manager).toArray(NDArray[]::new));
        network.setReplacements(Map.of());
        return sum(outputs.get(0).mul(upstream.get(0))) + sum(outputs.get(1).mul(upstream.get(1)));
    }

    private static double sum(NDArray array) {
        double sum = 0;
        for (float value : array.toFloatArray()) {
            sum += value;
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void weightsThatTheLossDoesNotDependOnGetZeros(boolean checkpointing) throws Exception {
        with((manager, network) -> {
            Tape.Gradients gradients = tape(manager, network, checkpointing)
                    .backward(Arrays.asList(null, upstream(manager).get(1)));

            assertThat(values(gradients, "second.weight")).hasSize(4).containsOnly(0);
            assertThat(values(gradients, "second.bias")).hasSize(4).containsOnly(0);
            assertThat(values(gradients, "first.weight")).hasSize(16).doesNotContain(0);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void onlyInputsThatAreAskedForHaveGradients(boolean checkpointing) throws Exception {
        with((manager, network) -> {
            List<@Nullable NDArray> inputs =
                    gradients(manager, network, checkpointing).inputs();

            assertThat(inputs).hasSize(2);
            assertThat(Objects.requireNonNull(inputs.get(0)).getShape()).isEqualTo(new Shape(SHAPE));
            assertThat(inputs.get(1)).isNull();
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void outputsAreThoseOfAPassWithoutATape(boolean checkpointing) throws Exception {
        with((manager, network) -> {
            List<NDArray> recorded = tape(manager, network, checkpointing).outputs();

            List<NDArray> forward =
                    network.forward(manager, new TwoBlocks(), inputs(manager).toArray(NDArray[]::new));
            for (int i = 0; i < 2; i++) {
                assertThat(recorded.get(i).toFloatArray())
                        .isEqualTo(forward.get(i).toFloatArray());
            }
        });
    }

    /** The repeated block drops the same inputs of its adapter. */
    @Test
    void checkpointingRepeatsWhatADropoutLeavesOut() throws Exception {
        with((manager, network) -> {
            Map<String, NDArray> adapter = new HashMap<>(TestTensors.of(
                    manager,
                    List.of(
                            new WeightSpec(Adapters.down("first"), 2, 4, 1, 1),
                            new WeightSpec(Adapters.up("first"), 4, 2, 1, 1))));
            adapter.put(Adapters.scale("first"), manager.create(1f));
            network.setAdapter(adapter);
            network.setDropout(0.5);
            network.requireGradients(new TreeSet<>(adapter.keySet()));
            NDArray kept = downGradient(manager, network, 7, false);

            assertThat(downGradient(manager, network, 7, true).toFloatArray()).isEqualTo(kept.toFloatArray());
            assertThat(downGradient(manager, network, 8, true).toFloatArray()).isNotEqualTo(kept.toFloatArray());
        });
    }

    /** With the graph of the forward pass, or with repeated blocks. */
    private static NDArray downGradient(NDManager manager, Network network, long seed, boolean runsAgain) {
        String down = Adapters.down("first");
        network.seedDropout(seed);
        Tape tape = network.record(
                manager, new DropoutFirst(), inputs(manager).subList(0, 1), List.of(false), List.of(down), runsAgain);
        return Objects.requireNonNull(
                tape.backward(upstream(manager).subList(0, 1)).weights().get(down));
    }

    private static float[] values(Tape.Gradients gradients, String name) {
        return Objects.requireNonNull(gradients.weights().get(name)).toFloatArray();
    }

    private static void assertSame(String name, NDArray expected, NDArray actual) {
        float[] values = expected.toFloatArray();
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(largest).as(name).isPositive().isFinite();
        assertThat(actual.getShape()).as(name).isEqualTo(expected.getShape());
        for (int i = 0; i < values.length; i++) {
            assertThat(actual.toFloatArray()[i]).as("%s %d", name, i).isCloseTo(values[i], within(1e-6f * largest));
        }
    }
}
