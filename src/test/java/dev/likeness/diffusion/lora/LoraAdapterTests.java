package dev.likeness.diffusion.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.graph.Adapters;
import dev.likeness.diffusion.graph.Block;
import dev.likeness.diffusion.graph.Blocks;
import dev.likeness.diffusion.graph.NeededWeights;
import dev.likeness.diffusion.graph.Network;
import dev.likeness.diffusion.graph.Ops;
import dev.likeness.diffusion.graph.TestTensors;
import dev.likeness.diffusion.graph.Topology;
import dev.likeness.diffusion.graph.WeightSpec;
import dev.likeness.diffusion.tensor.EngineTestThread;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LoraAdapterTests {

    private static final Map<String, long[]> SHAPES = shapes();

    private static Map<String, long[]> shapes() {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put("linear", new long[] {5, 4});
        shapes.put("conv", new long[] {6, 4, 3, 3});
        return shapes;
    }

    /** A linear layer over the last dimension, and a convolution. */
    private record Layers() implements Topology {

        @Override
        public String name() {
            return "layers";
        }

        @Override
        public List<String> inputs() {
            return List.of("rows", "image");
        }

        @Override
        public <T> List<T> build(Ops<T> ops, List<T> inputs) {
            Block linear = new Block("linear", "linear", List.of(), Blocks.linear("linear", 4, 5, true));
            return List.of(ops.apply(linear, inputs.get(0)), ops.apply(Blocks.conv3("conv", 4, 6, 2), inputs.get(1)));
        }
    }

    private interface Check {
        void on(NDManager manager, Network network);
    }

    private static void with(Check check) throws Exception {
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
                Map<String, NDArray> weights = TestTensors.of(
                        manager, NeededWeights.of(List.of(new Layers())).values());
                try (Network network = new Network(manager, List.of(new Layers()), weights)) {
                    check.on(manager, network);
                }
            }
        });
    }

    @Test
    void startsWithoutEffect() throws Exception {
        with((manager, network) -> {
            LoraAdapter adapter = init(manager, 2);

            assertThat(adapter.layers()).containsOnlyKeys("unet.linear", "unet.conv");
            adapter.layers()
                    .values()
                    .forEach(layer -> assertThat(layer.up().toFloatArray()).containsOnly(0));
            assertThat(beside(manager, network, adapter)).isEqualTo(outputs(manager, network));
            adapter.fuse(manager, "unet.", network.weights())
                    .forEach((name, fused) -> assertThat(fused.toFloatArray())
                            .isEqualTo(network.tensor(name).toFloatArray()));
        });
    }

    @Test
    void startsFromNumbersOfDeviationOneOverRank() throws Exception {
        with((manager, network) -> {
            LoraAdapter.Layer conv = layer(init(manager, 2), "unet.conv");

            assertThat(conv.down().getShape()).isEqualTo(new Shape(2, 4, 3, 3));
            assertThat(conv.up().getShape()).isEqualTo(new Shape(6, 2, 1, 1));
            assertThat(conv.down().toFloatArray()).containsOnly(1.5f);
            assertThat(layer(init(manager, 4), "unet.linear").down().toFloatArray())
                    .hasSize(16)
                    .containsOnly(0.5f);
        });
    }

    /** With the numbers 2 and 3 for the first and the second layer. */
    private static LoraAdapter init(NDManager manager, int rank) {
        return LoraAdapter.init(manager, "unet.", SHAPES, rank, 1, (layer, length) -> {
            float[] numbers = new float[length];
            Arrays.fill(numbers, layer + 2f);
            return numbers;
        });
    }

    @Test
    void addsTheProductTimesAlphaOverRank() throws Exception {
        with((manager, network) -> {
            LoraAdapter.Layer layer = new LoraAdapter.Layer(
                    manager.create(new float[] {1, 2, 3, 4, 0, 1, 0, 1}, new Shape(2, 4)),
                    manager.create(new float[] {1, 0, 0, 1, 1, 1, 0, 0, 2, 0}, new Shape(5, 2)),
                    6);
            NDArray weight = manager.ones(new Shape(5, 4));

            NDArray fused = Objects.requireNonNull(new LoraAdapter(Map.of("unet.linear", layer))
                    .fuse(manager, "unet.", Map.of("linear.weight", weight))
                    .get("linear.weight"));

            assertThat(layer.rank()).isEqualTo(2);
            assertThat(layer.scale()).isEqualTo(3);
            assertThat(fused.toFloatArray())
                    .containsExactly(4, 7, 10, 13, 1, 4, 1, 4, 4, 10, 10, 16, 1, 1, 1, 1, 7, 13, 19, 25);
            assertThat(weight.toFloatArray()).containsOnly(1);
        });
    }

    @Test
    void leavesLayersOfOtherPartsAlone() throws Exception {
        with((manager, network) -> assertThat(trained(manager, 2, 1).fuse(manager, "text_encoder.", network.weights()))
                .isEmpty());
    }

    @Test
    void fusedWeightsComputeWhatAnAdapterBesideThemDoes() throws Exception {
        with((manager, network) -> {
            LoraAdapter adapter = trained(manager, 3, 2);
            float[] beside = beside(manager, network, adapter);
            float[] base = outputs(manager, network);

            network.setReplacements(adapter.fuse(manager, "unet.", network.weights()));
            float[] fused = outputs(manager, network);

            assertThat(fused).containsExactly(beside, within(1e-5f));
            assertThat(furthest(fused, base)).isGreaterThan(0.05f);
        });
    }

    /** Different ranks and scales, with one adapter at half its weight. */
    @Test
    void aMergedAdapterAddsWhatItsPartsAddTogether() throws Exception {
        with((manager, network) -> {
            LoraAdapter first = trained(manager, 3, 2);
            LoraAdapter second = trained(manager, 2, 8);
            Map<String, NDArray> once = new LinkedHashMap<>(network.weights());
            once.putAll(first.fuse(manager, "unet.", once));
            Map<String, NDArray> halfBefore = second.fuse(manager, "unet.", once);

            LoraAdapter merged = LoraAdapter.merge(
                    manager, List.of(new LoraAdapter.Scaled(first, 1, 0), new LoraAdapter.Scaled(second, 0.5, 0)));

            assertThat(layer(merged, "unet.conv").rank()).isEqualTo(5);
            assertThat(layer(merged, "unet.conv").scale()).isEqualTo(1);
            merged.fuse(manager, "unet.", network.weights()).forEach((name, fused) -> {
                NDArray before = Objects.requireNonNull(once.get(name));
                NDArray expected = before.add(
                        Objects.requireNonNull(halfBefore.get(name)).sub(before).mul(0.5));
                assertThat(fused.toFloatArray()).containsExactly(expected.toFloatArray(), within(1e-5f));
            });
        });
    }

    @Test
    void aMergedAdapterHasNoLayersOfTheScaleZero() throws Exception {
        with((manager, network) -> {
            LoraAdapter unet = trained(manager, 3, 2);
            LoraAdapter text =
                    new LoraAdapter(Map.of("text_encoder.linear", layer(trained(manager, 2, 2), "unet.linear")));

            assertThat(LoraAdapter.merge(
                                    manager,
                                    List.of(new LoraAdapter.Scaled(unet, 0, 1), new LoraAdapter.Scaled(text, 1, 0)))
                            .layers())
                    .isEmpty();
            assertThat(LoraAdapter.merge(
                                    manager,
                                    List.of(new LoraAdapter.Scaled(unet, 0, 1), new LoraAdapter.Scaled(text, 0, 1)))
                            .layers())
                    .containsOnlyKeys("text_encoder.linear");
        });
    }

    /** An adapter of both layers, as training could produce it. */
    private static LoraAdapter trained(NDManager manager, int rank, double alpha) {
        Map<String, LoraAdapter.Layer> layers = new LinkedHashMap<>();
        SHAPES.forEach((name, weight) -> {
            long[] down = weight.clone();
            down[0] = rank;
            long[] up = new long[weight.length];
            Arrays.fill(up, 1);
            up[0] = weight[0];
            up[1] = rank;
            List<WeightSpec> specs = List.of(new WeightSpec("down", down), new WeightSpec("up", up));
            Map<String, NDArray> tensors = TestTensors.of(manager, specs);
            layers.put(
                    "unet." + name,
                    new LoraAdapter.Layer(
                            Objects.requireNonNull(tensors.get("down")),
                            Objects.requireNonNull(tensors.get("up")).mul(rank),
                            alpha));
        });
        return new LoraAdapter(layers);
    }

    private static LoraAdapter.Layer layer(LoraAdapter adapter, String name) {
        return Objects.requireNonNull(adapter.layers().get(name));
    }

    private static float[] beside(NDManager manager, Network network, LoraAdapter adapter) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        adapter.layers().forEach((name, layer) -> {
            String own = name.substring("unet.".length());
            tensors.put(Adapters.down(own), layer.down());
            tensors.put(Adapters.up(own), layer.up());
            tensors.put(Adapters.scale(own), manager.create((float) layer.scale()));
        });
        network.setAdapter(tensors);
        float[] outputs = outputs(manager, network);
        network.setAdapter(Map.of());
        return outputs;
    }

    /** Outputs of both layers, one after the other. */
    private static float[] outputs(NDManager manager, Network network) {
        List<NDArray> outputs = network.forward(
                manager,
                new Layers(),
                TestTensors.wave(manager, 0.7, 2, 3, 4),
                TestTensors.wave(manager, 0.9, 2, 4, 6, 6));
        return outputs.get(0).flatten().concat(outputs.get(1).flatten()).toFloatArray();
    }

    private static float furthest(float[] a, float[] b) {
        float furthest = 0;
        for (int i = 0; i < a.length; i++) {
            furthest = Math.max(furthest, Math.abs(a[i] - b[i]));
        }
        return furthest;
    }
}
