package dev.likeness.diffusion.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.SafeTensors;
import dev.likeness.diffusion.tensor.TensorReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Finds the weights of a network in a file, or says exactly what does not match. */
public final class Weights {

    private static final int NAMED_IN_ERROR = 8;

    private Weights() {}

    /** Every weight that the topologies need, each once. */
    public static Map<String, WeightSpec> needed(List<? extends Topology> topologies) {
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
     * Reads weights as fp32.
     *
     * @param part the model's part, for the error message
     * @param rename from the file's key to the network's name; null drops the tensor
     * @throws InvalidModelException unless the names and every shape match
     */
    public static Map<String, NDArray> read(
            NDManager manager,
            String part,
            SafeTensors file,
            Map<String, WeightSpec> needed,
            UnaryOperator<String> rename) {
        Map<String, SafeTensors.Entry> found = new LinkedHashMap<>();
        file.entries().forEach((key, entry) -> {
            String name = rename.apply(key);
            if (!name.isEmpty()) {
                found.put(name, entry);
            }
        });
        requireMatch(part, needed, found);
        Map<String, NDArray> weights = new LinkedHashMap<>();
        needed.forEach((name, spec) -> {
            SafeTensors.Entry entry = Objects.requireNonNull(found.get(name), name);
            weights.put(name, TensorReader.readFloat(manager, entry, new Shape(spec.shape())));
        });
        return weights;
    }

    private static void requireMatch(
            String part, Map<String, WeightSpec> needed, Map<String, SafeTensors.Entry> found) {
        Set<String> missing = new LinkedHashSet<>(needed.keySet());
        missing.removeAll(found.keySet());
        Set<String> left = new LinkedHashSet<>(found.keySet());
        left.removeAll(needed.keySet());
        List<String> misshapen = new ArrayList<>();
        needed.forEach((name, spec) -> {
            SafeTensors.Entry entry = found.get(name);
            if (entry != null && !fits(spec.shape(), entry.shape())) {
                misshapen.add("%s is %s instead of %s"
                        .formatted(name, Arrays.toString(entry.shape()), Arrays.toString(spec.shape())));
            }
        });
        if (!missing.isEmpty() || !left.isEmpty() || !misshapen.isEmpty()) {
            throw new InvalidModelException(part + ": the weights do not match the configuration"
                    + list("missing", missing) + list("not known", left) + list("wrong shape", misshapen));
        }
    }

    /** Old autoencoder files hold the attention's linear layers as 1x1 convolutions. */
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
