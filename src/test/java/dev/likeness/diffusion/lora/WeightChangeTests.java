package dev.likeness.diffusion.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.adapter.LayerTensor;
import dev.likeness.diffusion.graph.Adapters;
import dev.likeness.diffusion.graph.Block;
import dev.likeness.diffusion.graph.Blocks;
import dev.likeness.diffusion.graph.Network;
import dev.likeness.diffusion.graph.Ops;
import dev.likeness.diffusion.graph.Precision;
import dev.likeness.diffusion.graph.Tape;
import dev.likeness.diffusion.graph.Topology;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.tensor.SafeTensors;
import dev.likeness.diffusion.tensor.TensorReader;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes of weights by adapters of every kind, compared with LyCORIS and peft: {@code adapters/kinds.py} made the values. */
class WeightChangeTests {

    private static final SafeTensors VALUES =
            SafeTensors.open(Path.of("src/test/resources/adapters/kinds.safetensors"));
    private static final String LAYER = "layer";

    /** @param kernel {@code linear}, {@code conv1} or {@code conv3} */
    private record OneLayer(String kernel) implements Topology {

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
            Block layer = switch (kernel) {
                case "conv1" -> Blocks.conv1(LAYER, 8, 12);
                case "conv3" -> Blocks.conv3(LAYER, 8, 12, 1);
                default -> new Block("linear", LAYER, List.of(), Blocks.linear(LAYER, 8, 12, true));
            };
            return List.of(ops.apply(layer, inputs.get(0)));
        }
    }

    private interface Check {
        void on(NDManager manager, Network network, String name, WeightChange change);
    }

    private static void eachOf(String kernel, Check check) throws Exception {
        Set<String> names = VALUES.entries().keySet().stream()
                .filter(key -> key.startsWith(kernel + ".") && key.endsWith(".scale"))
                .map(key -> key.substring(0, key.length() - ".scale".length()))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(names).hasSizeGreaterThan(9);
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
                Map<String, NDArray> weights = new LinkedHashMap<>();
                weights.put(LAYER + ".weight", value(manager, kernel + ".weight"));
                weights.put(LAYER + ".bias", value(manager, kernel + ".bias"));
                try (Network network = new Network(manager, List.of(new OneLayer(kernel)), weights)) {
                    names.forEach(name -> check.on(manager, network, name, change(manager, name)));
                }
            }
        });
    }

    private static NDArray value(NDManager manager, String name) {
        return TensorReader.readFloat(
                manager, Objects.requireNonNull(VALUES.entries().get(name), name));
    }

    private static WeightChange change(NDManager manager, String name) {
        Map<LayerTensor, NDArray> tensors = new EnumMap<>(LayerTensor.class);
        for (LayerTensor tensor : LayerTensor.values()) {
            if (VALUES.entries().containsKey(name + "." + tensor.key())) {
                tensors.put(tensor, value(manager, name + "." + tensor.key()));
            }
        }
        return new WeightChange(tensors, value(manager, name + ".scale").getFloat(), 1);
    }

    private static LoraAdapter adapter(WeightChange... changes) {
        return new LoraAdapter(Map.of(), Map.of(LAYER, List.of(changes)));
    }

    private static NDArray output(NDManager manager, Network network, String kernel) {
        return network.forward(manager, new OneLayer(kernel), value(manager, kernel + ".x"))
                .get(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"linear", "conv1", "conv3"})
    void resultsAndGradientsAreThoseOfTheReference(String kernel) throws Exception {
        eachOf(kernel, (manager, network, name, change) -> {
            network.setAdapter(adapter(change).tensors(manager, ""));
            assertClose(name, output(manager, network, kernel), value(manager, name + ".y"));
            List<String> trained = change.tensors().keySet().stream()
                    .map(tensor -> Adapters.change(LAYER, 0, tensor.key()))
                    .toList();
            network.requireGradients(Set.copyOf(trained));
            for (boolean checkpointing : new boolean[] {false, true, false}) {
                Tape tape = network.record(
                        manager,
                        new OneLayer(kernel),
                        List.of(value(manager, kernel + ".x")),
                        List.of(true),
                        trained,
                        checkpointing);
                Tape.Gradients gradients = tape.backward(List.of(value(manager, name + ".upstream")));
                assertClose(
                        name, Objects.requireNonNull(gradients.inputs().get(0)), value(manager, name + ".x.gradient"));
                change.tensors()
                        .keySet()
                        .forEach(tensor -> assertClose(
                                name + " " + tensor,
                                Objects.requireNonNull(
                                        gradients.weights().get(Adapters.change(LAYER, 0, tensor.key()))),
                                value(manager, name + "." + tensor.key() + ".gradient")));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"linear", "conv1", "conv3"})
    void fusesTheSameWeight(String kernel) throws Exception {
        eachOf(kernel, (manager, network, name, change) -> {
            Map<String, NDArray> own = Map.of(LAYER + ".weight", value(manager, kernel + ".weight"));

            NDArray fused = adapter(change).fuse(manager, "", own).get(LAYER + ".weight");

            assertClose(name, Objects.requireNonNull(fused), value(manager, name + ".changed"));
        });
    }

    /** A share of a DoRA is a share of the difference, and each change applies to the result of the one before it. */
    @Test
    void sharesAndSeveralChangesAreTheSameFusedAndUnfused() throws Exception {
        eachOf("linear", (manager, network, name, change) -> {
            WeightChange dora = change(manager, "linear.dora");
            LoraAdapter merged = LoraAdapter.merge(
                    manager,
                    List.of(
                            new LoraAdapter.Scaled(adapter(change), 0.5, 0),
                            new LoraAdapter.Scaled(adapter(dora), -0.3, 0)));
            Map<String, NDArray> own = Map.of(LAYER + ".weight", value(manager, "linear.weight"));
            network.setAdapter(merged.tensors(manager, ""));
            NDArray unfused = output(manager, network, "linear").duplicate();
            network.setAdapter(Map.of());
            network.setReplacements(merged.fuse(manager, "", own));

            assertClose(name, unfused, output(manager, network, "linear"));
            network.setReplacements(Map.of());
            NDArray half = value(manager, name + ".changed")
                    .add(own.get(LAYER + ".weight"))
                    .div(2);
            assertClose(
                    name,
                    Objects.requireNonNull(new LoraAdapter(Map.of(), Map.of(LAYER, List.of(change.scaled(0.5))))
                            .fuse(manager, "", own)
                            .get(LAYER + ".weight")),
                    half);
        });
    }

    @Test
    void changesWorkInEveryPrecision() throws Exception {
        eachOf("conv3", (manager, network, name, change) -> {
            network.setAdapter(adapter(change).tensors(manager, ""));
            for (Precision precision : new Precision[] {Precision.BF16, Precision.FP32}) {
                network.use(precision);
                NDArray found = output(manager, network, "conv3").toType(ai.djl.ndarray.types.DataType.FLOAT32, true);
                double error = distance(found, value(manager, name + ".y"));

                assertThat(error).as(name).isLessThan(precision == Precision.FP32 ? 1e-5 : 0.02);
            }
        });
    }

    private static void assertClose(String name, NDArray found, NDArray wanted) {
        assertThat(found.getShape()).as(name).isEqualTo(wanted.getShape());
        assertThat(distance(found, wanted)).as(name).isCloseTo(0, within(1e-5));
    }

    /** The largest difference, as a share of the largest value. */
    private static double distance(NDArray found, NDArray wanted) {
        return found.sub(wanted).abs().max().getFloat() / wanted.abs().max().getFloat();
    }
}
