package dev.likeness.diffusion.singlefile;

import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.SafeTensors;
import dev.likeness.diffusion.wire.Quantity;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tensors of one network in a checkpoint.
 *
 * @param prefix of their names in the checkpoint
 * @param entries by their names without the prefix
 */
record Tensors(String prefix, Map<String, SafeTensors.Entry> entries) {

    static Tensors below(String prefix, Map<String, SafeTensors.Entry> all) {
        Map<String, SafeTensors.Entry> entries = new LinkedHashMap<>();
        all.forEach((name, entry) -> {
            if (name.startsWith(prefix)) {
                entries.put(name.substring(prefix.length()), entry);
            }
        });
        return new Tensors(prefix, entries);
    }

    boolean has(String name) {
        return entries.containsKey(name);
    }

    /**
     * The length of a tensor along a dimension.
     *
     * @throws InvalidModelException if the tensor or the dimension is missing
     */
    int size(String name, int dimension) {
        long[] shape = shape(name);
        if (dimension >= shape.length) {
            throw new InvalidModelException(
                    "%s%s has %s".formatted(prefix, name, Quantity.of(shape.length, "dimension")));
        }
        return Math.toIntExact(shape[dimension]);
    }

    /** The number of a tensor's dimensions. */
    int rank(String name) {
        return shape(name).length;
    }

    /**
     * The number of consecutively numbered tensors, from 0 on.
     *
     * @param pattern their names, with {@code %d} for the number
     */
    int count(String pattern) {
        int count = 0;
        while (has(pattern.formatted(count))) {
            count++;
        }
        return count;
    }

    private long[] shape(String name) {
        SafeTensors.Entry entry = entries.get(name);
        if (entry == null) {
            throw new InvalidModelException("the checkpoint has no %s%s".formatted(prefix, name));
        }
        return entry.shape();
    }
}
