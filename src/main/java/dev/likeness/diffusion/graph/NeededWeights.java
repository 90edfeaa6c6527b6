package dev.likeness.diffusion.graph;

import dev.likeness.diffusion.tensor.InvalidModelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The weights that networks need, as names and shapes. Does not load libtorch. */
public final class NeededWeights {

    private static final int NAMED_IN_ERROR = 8;

    private NeededWeights() {}

    /** Every weight that the topologies need, each once. */
    public static Map<String, WeightSpec> of(List<? extends Topology> topologies) {
        Map<String, WeightSpec> needed = new LinkedHashMap<>();
        Ops<Integer> collector = (block, inputs) -> {
            block.weights().forEach(weight -> needed.put(weight.name(), weight));
            return 0;
        };
        for (Topology topology : topologies) {
            topology.build(collector, topology.inputs().stream().map(name -> 0).toList());
        }
        return needed;
    }

    /**
     * Compares a file's tensors with the weights that a network needs.
     *
     * @param part the model's part, for the error message
     * @param found shapes by the network's names
     * @throws InvalidModelException unless the names and every shape match
     */
    public static void requireMatch(String part, Map<String, WeightSpec> needed, Map<String, long[]> found) {
        Set<String> missing = new LinkedHashSet<>(needed.keySet());
        missing.removeAll(found.keySet());
        Set<String> left = new LinkedHashSet<>(found.keySet());
        left.removeAll(needed.keySet());
        List<String> misshapen = new ArrayList<>();
        needed.forEach((name, spec) -> {
            long[] shape = found.get(name);
            if (shape != null && !fits(spec.shape(), shape)) {
                misshapen.add("%s is %s instead of %s"
                        .formatted(name, Arrays.toString(shape), Arrays.toString(spec.shape())));
            }
        });
        if (!missing.isEmpty() || !left.isEmpty() || !misshapen.isEmpty()) {
            throw new InvalidModelException(part + ": the weights do not match the configuration"
                    + list("missing", missing) + list("not known", left) + list("wrong shape", misshapen));
        }
    }

    /** Old autoencoder files have the attention's linear layers as 1x1 convolutions. */
    private static boolean fits(long[] needed, long[] found) {
        if (needed.length == 2 && found.length == 4) {
            return found[0] == needed[0] && found[1] == needed[1] && found[2] == 1 && found[3] == 1;
        }
        return Arrays.equals(needed, found);
    }

    private static String list(String what, Collection<String> names) {
        if (names.isEmpty()) {
            return "";
        }
        String shown = String.join(", ", names.stream().limit(NAMED_IN_ERROR).toList());
        int more = names.size() - NAMED_IN_ERROR;
        return "; %s: %s%s".formatted(what, shown, more > 0 ? " and %d more".formatted(more) : "");
    }
}
