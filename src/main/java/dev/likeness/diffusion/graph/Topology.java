package dev.likeness.diffusion.graph;

import java.util.List;

/** A network's structure: its blocks and their inputs. */
public interface Topology {

    /** The name of the module's method for the whole network. */
    String name();

    /** Names of the inputs, in order. */
    List<String> inputs();

    /**
     * Applies the blocks.
     *
     * @param <T> the kind of value that flows between blocks
     * @param ops applies the blocks
     * @param inputs one value for each of {@link #inputs()}
     * @return the outputs
     */
    <T> List<T> build(Ops<T> ops, List<T> inputs);
}
