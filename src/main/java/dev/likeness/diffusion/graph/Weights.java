package dev.likeness.diffusion.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.SafeTensors;
import dev.likeness.diffusion.tensor.TensorReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Finds the weights of a network in a file, and reports exactly which ones do not match. */
public final class Weights {

    private Weights() {}

    /**
     * Reads weights as fp32.
     *
     * @param part the model's part, for the error message
     * @param rename from the file's key to the network's name; null ignores the tensor
     * @throws InvalidModelException unless the names and every shape match
     */
    public static Map<String, NDArray> read(
            NDManager manager,
            String part,
            SafeTensors file,
            Map<String, WeightSpec> needed,
            UnaryOperator<String> rename) {
        WeightSource source = in(part, file, needed, rename);
        Map<String, NDArray> weights = new LinkedHashMap<>();
        needed.keySet().forEach(name -> weights.put(name, source.read(manager, name)));
        return weights;
    }

    /**
     * Finds weights, whose numbers are read later. The file must not change until then.
     *
     * @param part the model's part, for the error message
     * @param rename from the file's key to the network's name; null ignores the tensor
     * @throws InvalidModelException unless the names and every shape match
     */
    public static WeightSource in(
            String part, SafeTensors file, Map<String, WeightSpec> needed, UnaryOperator<String> rename) {
        Map<String, SafeTensors.Entry> found = new LinkedHashMap<>();
        file.entries().forEach((key, entry) -> {
            String name = rename.apply(key);
            if (!name.isEmpty()) {
                found.put(name, entry);
            }
        });
        Map<String, long[]> shapes = new LinkedHashMap<>();
        found.forEach((name, entry) -> shapes.put(name, entry.shape()));
        NeededWeights.requireMatch(part, needed, shapes);
        return new InFile(found, needed);
    }

    private record InFile(Map<String, SafeTensors.Entry> found, Map<String, WeightSpec> needed)
            implements WeightSource {

        @Override
        public Map<String, long[]> shapes() {
            Map<String, long[]> shapes = new LinkedHashMap<>();
            needed.forEach((name, spec) -> shapes.put(name, spec.shape()));
            return shapes;
        }

        @Override
        public NDArray read(NDManager manager, String name) {
            long[] shape = Objects.requireNonNull(needed.get(name), name).shape();
            return TensorReader.readFloat(manager, Objects.requireNonNull(found.get(name), name), new Shape(shape));
        }
    }
}
