package dev.likeness.diffusion.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.graph.Block;
import dev.likeness.diffusion.graph.Blocks;
import dev.likeness.diffusion.graph.Network;
import dev.likeness.diffusion.graph.Ops;
import dev.likeness.diffusion.graph.Tape;
import dev.likeness.diffusion.graph.Topology;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks that gradients are right, and still right on the third call: libtorch's graph optimizer, if it came on, would
 * spoil them from the second call on while the values stay right.
 */
final class GradientSelfTest {

    private static final int CALLS = 3;
    private static final double STEP = 1e-2;
    private static final double TOLERANCE = 1e-2;
    private static final Shape INPUT = new Shape(1, 4, 6, 6);

    private GradientSelfTest() {}

    /** A small network of the kernels that the optimizer is known to spoil. */
    private record Probe() implements Topology {

        @Override
        public String name() {
            return "probe";
        }

        @Override
        public List<String> inputs() {
            return List.of("x");
        }

        @Override
        public <T> List<T> build(Ops<T> ops, List<T> inputs) {
            T h = ops.apply(Blocks.normSilu("norm", 4, 2, 1e-5), inputs.get(0));
            Block block = Blocks.conv3("conv", 4, 4, 1);
            return List.of(ops.apply(block, h));
        }
    }

    static EngineCheck run(NDManager parent) {
        long start = System.nanoTime();
        try (NDManager manager = parent.newSubManager()) {
            Map<String, NDArray> weights = new LinkedHashMap<>();
            weights.put("norm.weight", wave(manager, new Shape(4), 0.3).add(1));
            weights.put("norm.bias", wave(manager, new Shape(4), 0.7));
            weights.put("conv.weight", wave(manager, new Shape(4, 4, 3, 3), 1.1));
            weights.put("conv.bias", wave(manager, new Shape(4), 1.3));
            try (Network network = new Network(manager, List.of(new Probe()), weights)) {
                network.train(weights.keySet());
                List<EngineCheck.Finding> findings = check(manager, network, weights.get("norm.weight"));
                return new EngineCheck(List.of("fp32"), 2, findings, Duration.ofNanos(System.nanoTime() - start));
            }
        }
    }

    private static NDArray wave(NDManager manager, Shape shape, double frequency) {
        float[] values = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(1 + i * frequency);
        }
        return manager.create(values, shape);
    }

    private static List<EngineCheck.Finding> check(NDManager manager, Network network, NDArray weight) {
        double expected = slope(manager, network, weight);
        for (int call = 1; call <= CALLS; call++) {
            double actual = gradient(manager, network);
            if (!(Math.abs(actual - expected) <= TOLERANCE * Math.max(1, Math.abs(expected)))) {
                return List.of(new EngineCheck.Finding(
                        "norm_silu",
                        "fp32",
                        "gradient of norm.weight is %s instead of %s on call %d".formatted(actual, expected, call)));
            }
        }
        return List.of();
    }

    /** Half the sum of squares of the outputs, whose gradient with respect to the outputs is the outputs. */
    private static double value(NDManager manager, Network network) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray out =
                    network.forward(scope, new Probe(), wave(scope, INPUT, 0.9)).get(0);
            return out.square().sum().getFloat() / 2;
        }
    }

    private static double gradient(NDManager manager, Network network) {
        try (NDManager scope = manager.newSubManager()) {
            Tape tape = network.record(
                    scope,
                    new Probe(),
                    List.of(wave(scope, INPUT, 0.9)),
                    List.of(false),
                    List.of("norm.weight"),
                    false);
            NDArray gradient =
                    tape.backward(List.of(tape.outputs().get(0))).weights().get("norm.weight");
            return gradient == null ? Double.NaN : gradient.getFloat(0);
        }
    }

    /** The central difference along the weight's first element. */
    private static double slope(NDManager manager, Network network, NDArray weight) {
        nudgeInPlace(manager, weight, STEP);
        double above = value(manager, network);
        nudgeInPlace(manager, weight, -2 * STEP);
        double below = value(manager, network);
        nudgeInPlace(manager, weight, STEP);
        return (above - below) / (2 * STEP);
    }

    private static void nudgeInPlace(NDManager manager, NDArray weight, double by) {
        try (NDArray first = manager.create(new float[] {(float) by, 0, 0, 0})) {
            weight.addi(first);
        }
    }
}
