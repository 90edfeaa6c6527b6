package dev.likeness.diffusion.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps the whole graph of a forward pass. */
final class PlainTape implements Tape {

    private final Network network;
    private final NDManager scope;
    private final List<NDArray> leaves = new ArrayList<>();
    private final List<Boolean> wanted;
    private final List<String> trained;
    private final NDList recorded;

    PlainTape(
            Network network,
            NDManager scope,
            Topology topology,
            List<NDArray> inputs,
            List<Boolean> wanted,
            Collection<String> trained) {
        this.network = network;
        this.scope = scope;
        this.wanted = List.copyOf(wanted);
        this.trained = List.copyOf(trained);
        for (int i = 0; i < inputs.size(); i++) {
            leaves.add(wanted.get(i) ? Network.leaf(scope, inputs.get(i), true) : inputs.get(i));
        }
        network.seedBlock(0);
        recorded = network.recorded(scope, topology.name(), leaves);
    }

    @Override
    public List<NDArray> outputs() {
        return recorded.stream()
                .map(output -> Network.leaf(scope, output, false))
                .toList();
    }

    @Override
    public Gradients backward(List<@Nullable NDArray> upstream) {
        List<NDArray> outputs = new ArrayList<>();
        List<NDArray> given = new ArrayList<>();
        for (int i = 0; i < upstream.size(); i++) {
            NDArray gradient = upstream.get(i);
            if (gradient != null) {
                outputs.add(recorded.get(i));
                given.add(gradient);
            }
        }
        List<NDArray> targets = new ArrayList<>();
        for (int i = 0; i < leaves.size(); i++) {
            if (wanted.get(i)) {
                targets.add(leaves.get(i));
            }
        }
        targets.addAll(network.weights(trained));
        NDList found = network.gradients(scope, outputs, given, targets);
        recorded.close();
        return sort(found);
    }

    private Gradients sort(NDList found) {
        int next = 0;
        List<@Nullable NDArray> inputs = new ArrayList<>();
        for (boolean want : wanted) {
            inputs.add(want ? found.get(next++) : null);
        }
        Map<String, NDArray> weights = new LinkedHashMap<>();
        for (String name : trained) {
            weights.put(name, found.get(next++));
        }
        return new Gradients(inputs, weights);
    }
}
