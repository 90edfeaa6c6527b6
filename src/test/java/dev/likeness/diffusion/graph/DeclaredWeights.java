package dev.likeness.diffusion.graph;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.tensor.EngineTestThread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares the weights that blocks declare with those that their kernels read: NaN in a weight that is read changes the
 * output.
 */
public final class DeclaredWeights {

    private record Step(Block block, List<NDArray> inputs) {}

    private DeclaredWeights() {}

    /**
     * Checks that every block of a topology declares exactly the weights that its kernel reads.
     *
     * @param inputs of the topology
     */
    public static void areThoseThatKernelsRead(Topology topology, Function<NDManager, List<NDArray>> inputs)
            throws Exception {
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
                Map<String, WeightSpec> declared = NeededWeights.of(List.of(topology));
                Map<String, NDArray> weights = TestTensors.of(manager, declared.values());
                try (Network network = new Network(manager, List.of(topology), weights)) {
                    List<Step> steps = new ArrayList<>();
                    Ops<NDArray> running = (block, values) -> {
                        steps.add(new Step(block, values));
                        return network.block(manager, block, values);
                    };
                    topology.build(running, inputs.apply(manager));

                    for (Step step : steps) {
                        check(network, step, notNumbers(manager, declared));
                    }
                }
            }
        });
    }

    /** Other numbers could have no effect, such as the bias of an attention's keys. */
    private static Map<String, NDArray> notNumbers(NDManager manager, Map<String, WeightSpec> specs) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        specs.forEach((name, spec) -> tensors.put(name, manager.full(new Shape(spec.shape()), Float.NaN)));
        return tensors;
    }

    private static void check(Network network, Step step, Map<String, NDArray> notNumbers) {
        Set<String> own = step.block.weights().stream().map(WeightSpec::name).collect(Collectors.toSet());
        float[] output = output(network, step, Map.of());
        Map<String, NDArray> undeclared = new LinkedHashMap<>(notNumbers);
        undeclared.keySet().removeAll(own);
        assertThat(output(network, step, undeclared))
                .as("%s reads only the weights that it declares", step.block.label())
                .isEqualTo(output);
        for (String name : own) {
            assertThat(output(network, step, Map.of(name, Objects.requireNonNull(notNumbers.get(name)))))
                    .as("%s reads %s, which it declares", step.block.label(), name)
                    .isNotEqualTo(output);
        }
    }

    private static float[] output(Network network, Step step, Map<String, NDArray> replacements) {
        network.setReplacements(replacements);
        try (NDManager scope = step.inputs.get(0).getManager().newSubManager()) {
            return network.block(scope, step.block, step.inputs).toFloatArray();
        } finally {
            network.setReplacements(Map.of());
        }
    }
}
