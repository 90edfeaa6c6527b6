package dev.likeness.diffusion.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps what flows between blocks; the backward pass runs each block again, with its graph. */
final class CheckpointedTape implements Tape, Ops<CheckpointedTape.Node> {

    private final Network network;
    private final NDManager scope;
    private final Set<String> trained;
    private final List<Segment> segments = new ArrayList<>();
    private final List<Node> inputs = new ArrayList<>();
    private final List<Node> outputs;

    /** A value with the gradient gathered for it so far. */
    static final class Node {

        private final NDArray value;
        private final boolean wanted;
        private @Nullable NDArray gradient;

        Node(NDArray value, boolean wanted) {
            this.value = value;
            this.wanted = wanted;
        }

        /** A value with several uses sums their gradients. */
        private void add(NDArray more) {
            NDArray before = gradient;
            if (before == null) {
                gradient = more;
            } else {
                gradient = before.add(more);
                before.close();
                more.close();
            }
        }
    }

    private record Segment(Block block, List<Node> inputs, Node output, List<String> trained) {}

    CheckpointedTape(
            Network network,
            NDManager scope,
            Topology topology,
            List<NDArray> inputs,
            List<Boolean> wanted,
            Collection<String> trained) {
        this.network = network;
        this.scope = scope;
        this.trained = new LinkedHashSet<>(trained);
        for (int i = 0; i < inputs.size(); i++) {
            this.inputs.add(new Node(inputs.get(i), wanted.get(i)));
        }
        outputs = topology.build(this, this.inputs);
    }

    @Override
    public Node apply(Block block, List<Node> blockInputs) {
        List<String> own = block.tensors().filter(trained::contains).toList();
        network.seedBlock(segments.size());
        NDArray value = network.block(
                scope, block, blockInputs.stream().map(node -> node.value).toList());
        boolean wanted = !own.isEmpty() || blockInputs.stream().anyMatch(node -> node.wanted);
        Node output = new Node(value, wanted);
        segments.add(new Segment(block, blockInputs, output, own));
        return output;
    }

    @Override
    public List<NDArray> outputs() {
        return outputs.stream().map(node -> node.value.duplicate()).toList();
    }

    @Override
    public Gradients backward(List<@Nullable NDArray> upstream) {
        for (int i = 0; i < upstream.size(); i++) {
            NDArray gradient = upstream.get(i);
            if (gradient != null) {
                outputs.get(i).add(gradient.duplicate());
            }
        }
        Map<String, NDArray> found = new LinkedHashMap<>();
        for (int i = segments.size() - 1; i >= 0; i--) {
            Segment segment = segments.remove(i);
            segment.output.value.close();
            NDArray gradient = segment.output.gradient;
            if (gradient != null) {
                network.seedBlock(i);
                follow(segment, gradient, found);
                gradient.close();
            }
        }
        Map<String, NDArray> weights = new LinkedHashMap<>();
        network.weights(trained); // every name has to exist, whether or not the loss depends on it
        trained.forEach(name -> weights.put(
                name,
                found.computeIfAbsent(
                        name, key -> zeros(network.weights(List.of(key)).get(0)))));
        return new Gradients(inputs.stream().map(CheckpointedTape::gradient).toList(), weights);
    }

    private NDArray zeros(NDArray like) {
        return scope.zeros(like.getShape(), like.getDataType());
    }

    private static @Nullable NDArray gradient(Node node) {
        return node.wanted ? node.gradient : null;
    }

    /** Runs a block again, with its graph, and hands the gradient on to what it came from. */
    private void follow(Segment segment, NDArray upstream, Map<String, NDArray> found) {
        List<NDArray> leaves = segment.inputs.stream()
                .map(node -> Network.leaf(scope, node.value, node.wanted))
                .toList();
        List<NDArray> targets = new ArrayList<>();
        for (int i = 0; i < leaves.size(); i++) {
            if (segment.inputs.get(i).wanted) {
                targets.add(leaves.get(i));
            }
        }
        targets.addAll(network.weights(segment.trained));
        if (targets.isEmpty()) {
            return;
        }
        NDList output = network.recorded(scope, segment.block.method(), leaves);
        NDList gradients = network.gradients(scope, output, List.of(upstream), targets);
        output.close();
        leaves.forEach(NDArray::close);
        int next = 0;
        for (Node node : segment.inputs) {
            if (node.wanted) {
                node.add(gradients.get(next++));
            }
        }
        for (String name : segment.trained) {
            found.merge(name, gradients.get(next++), NDArray::add);
        }
    }
}
