package dev.likeness.diffusion.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A network's own weights, which can be freed and read again from their source. */
final class NetworkWeights {

    private final NDManager manager;
    private final @Nullable WeightSource source;
    private final Map<String, long[]> shapes = new LinkedHashMap<>();
    /** Empty while they are not in memory. */
    private final Map<String, NDArray> loaded = new LinkedHashMap<>();

    private boolean pinned;

    /** Converts a weight that was read, or returns it. */
    interface Conversion {

        NDArray of(NDManager scope, String name, NDArray weight);
    }

    /**
     * Weights that stay in memory.
     *
     * @param manager owns their memory from now on
     */
    NetworkWeights(NDManager manager, Map<String, NDArray> weights) {
        this(manager, (WeightSource) null);
        loaded.putAll(weights);
        weights.forEach((name, weight) -> {
            weight.attach(manager);
            shapes.put(name, weight.getShape().getShape());
        });
    }

    /**
     * Weights that are read when they are needed.
     *
     * @param manager owns their memory
     * @param source null for none, which then are no weights at all
     */
    NetworkWeights(NDManager manager, @Nullable WeightSource source) {
        this.manager = manager;
        this.source = source;
        if (source != null) {
            shapes.putAll(source.shapes());
        }
    }

    /**
     * Reads all weights, unless they are in memory.
     *
     * @return whether it read any
     */
    boolean load(Conversion conversion) {
        WeightSource from = source;
        if (from == null || isLoaded()) {
            return false;
        }
        try (NDManager scope = manager.newSubManager()) {
            Map<String, NDArray> read = new LinkedHashMap<>();
            for (String name : shapes.keySet()) {
                read.put(name, conversion.of(scope, name, from.read(scope, name)));
            }
            read.values().forEach(weight -> weight.attach(manager));
            loaded.putAll(read);
        }
        return isLoaded();
    }

    boolean isLoaded() {
        return !loaded.isEmpty();
    }

    /** Keeps the weights in memory from now on, because a caller can hold some, or they can differ from the source's. */
    void pin() {
        pinned = true;
    }

    boolean isPinned() {
        return pinned;
    }

    /**
     * Frees the weights until they are read again, unless they are pinned.
     *
     * @return whether it freed any
     */
    boolean release() {
        if (source == null || pinned || !isLoaded()) {
            return false;
        }
        loaded.values().forEach(NDArray::close);
        loaded.clear();
        return true;
    }

    /** Bytes of all weights in fp32, whether they are in memory or not. */
    long bytes() {
        return shapes.values().stream()
                .mapToLong(shape -> Arrays.stream(shape).reduce(Float.BYTES, (a, b) -> a * b))
                .sum();
    }

    boolean has(String name) {
        return shapes.containsKey(name);
    }

    /** Shapes by name. */
    Map<String, long[]> shapes() {
        return Collections.unmodifiableMap(shapes);
    }

    /** The weights in memory by name; empty if they are not loaded. */
    Map<String, NDArray> loaded() {
        return Collections.unmodifiableMap(loaded);
    }

    /** A loaded weight. */
    NDArray get(String name) {
        return Objects.requireNonNull(loaded.get(name), name);
    }

    /** Puts a tensor in the place of a loaded weight, which is closed. */
    void replace(String name, NDArray weight) {
        get(name).close();
        loaded.put(name, weight);
    }

    /** Names of matrices and convolution kernels, without embedding tables. */
    List<String> kernels() {
        return shapes.keySet().stream().filter(this::isKernel).toList();
    }

    /** Whether a weight is a matrix or convolution kernel, and not an embedding table. */
    boolean isKernel(String name) {
        return Objects.requireNonNull(shapes.get(name)).length > 1
                && name.endsWith(".weight")
                && !name.endsWith("_embedding.weight");
    }
}
