package dev.likeness.diffusion.graph;

import java.util.List;

/** A network's shape: which blocks are applied to what. */
public interface Topology {

    /** The name of the module's method that runs the whole. */
    String name();

    /** Names of the inputs, in order. */
    List<String> inputs();

    /**
     * Applies the blocks.
     *
     * @param <T> the kind of value that flows between blocks
     * @param ops what applies a block
     * @param inputs one value for each of {@link #inputs()}
     * @return the outputs
     */
    <T> List<T> build(Ops<T> ops, List<T> inputs);
}
