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

/**
 * Runs a network block by block. It keeps the values between blocks, and the backward pass runs each block again with
 * its graph. A watched pass without checkpointing keeps the graphs instead. It computes the same as {@link PlainTape},
 * with the same random numbers.
 */
final class CheckpointedTape implements Tape, Ops<CheckpointedTape.Node> {

    private final Network network;
    private final NDManager scope;
    private final Set<String> trained;
    private final boolean runsAgain;
    private final @Nullable Watch watch;
    private final List<Segment> segments = new ArrayList<>();
    private final List<Node> inputs = new ArrayList<>();
    private final List<Node> outputs;

    /** A value with the gradient accumulated so far. */
    static final class Node {

        private final NDArray value;
        private final boolean wanted;
        private @Nullable NDArray gradient;

        Node(NDArray value, boolean wanted) {
            this.value = value;
            this.wanted = wanted;
        }

        /** Adds a gradient. A value with several uses sums their gradients. */
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

    /** @param graph kept from the forward pass; null if the backward pass runs the block again */
    private record Segment(
            Block block,
            List<Node> inputs,
            Node output,
            List<String> trained,
            @Nullable Graph graph) {}

    private record Graph(List<NDArray> leaves, NDList output) {}

    /**
     * @param runsAgain whether the backward pass runs blocks again
     * @param watch receives all tensors; null for none
     */
    CheckpointedTape(
            Network network,
            NDManager scope,
            Topology topology,
            List<NDArray> inputs,
            List<Boolean> wanted,
            Collection<String> trained,
            boolean runsAgain,
            @Nullable Watch watch) {
        this.network = network;
        this.scope = scope;
        this.trained = new LinkedHashSet<>(trained);
        this.runsAgain = runsAgain;
        this.watch = watch;
        for (int i = 0; i < inputs.size(); i++) {
            this.inputs.add(new Node(inputs.get(i), wanted.get(i)));
        }
        outputs = topology.build(this, this.inputs);
    }

    @Override
    public Node apply(Block block, List<Node> blockInputs) {
        List<String> own = block.tensors().filter(trained::contains).toList();
        showWeights(block);
        if (runsAgain || segments.isEmpty()) {
            network.seedBlock(segments.size());
        }
        Graph graph = runsAgain ? null : recorded(block, blockInputs);
        NDArray value = graph == null
                ? network.block(
                        scope,
                        block,
                        blockInputs.stream().map(node -> node.value).toList())
                : Network.leaf(scope, graph.output.get(0), false);
        if (watch != null) {
            watch.onOutput(block.label(), value);
        }
        boolean wanted = !own.isEmpty() || blockInputs.stream().anyMatch(node -> node.wanted);
        Node output = new Node(value, wanted);
        segments.add(new Segment(block, blockInputs, output, own, graph));
        return output;
    }

    private void showWeights(Block block) {
        if (watch != null) {
            block.tensors().filter(network::has).forEach(name -> watch.onWeight(name, network.inUse(name)));
        }
    }

    private Graph recorded(Block block, List<Node> blockInputs) {
        List<NDArray> leaves = blockInputs.stream()
                .map(node -> Network.leaf(scope, node.value, node.wanted))
                .toList();
        return new Graph(leaves, network.recorded(scope, block.method(), leaves));
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
                if (runsAgain) {
                    network.seedBlock(i);
                }
                follow(segment, gradient, found);
                gradient.close();
            }
        }
        Map<String, NDArray> weights = new LinkedHashMap<>();
        network.weights(trained); // every name must exist, even if the loss does not depend on it
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

    /** Propagates a gradient to a block's inputs and weights. */
    private void follow(Segment segment, NDArray upstream, Map<String, NDArray> found) {
        if (segment.trained.isEmpty() && segment.inputs.stream().noneMatch(node -> node.wanted)) {
            return;
        }
        Graph graph = segment.graph == null ? recorded(segment.block, segment.inputs) : segment.graph;
        List<NDArray> targets = new ArrayList<>();
        for (int i = 0; i < graph.leaves.size(); i++) {
            if (segment.inputs.get(i).wanted) {
                targets.add(graph.leaves.get(i));
            }
        }
        targets.addAll(network.weights(segment.trained));
        NDList gradients = network.gradients(scope, graph.output, List.of(upstream), targets);
        graph.output.close();
        graph.leaves.forEach(NDArray::close);
        show(segment, gradients);
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

    private void show(Segment segment, NDList gradients) {
        if (watch == null) {
            return;
        }
        int ofInputs = gradients.size() - segment.trained.size();
        for (int i = 0; i < ofInputs; i++) {
            watch.onInputGradient(segment.block.label(), gradients.get(i));
        }
        for (int i = 0; i < segment.trained.size(); i++) {
            watch.onWeightGradient(segment.trained.get(i), gradients.get(ofInputs + i));
        }
    }
}
