package dev.likeness.diffusion.graph;

import java.util.List;

/**
 * Applies a topology's blocks. One topology serves to emit code, to list weights and to run with gradient
 * checkpointing: each of these is an implementation with another kind of value.
 *
 * @param <T> a value that flows between blocks
 */
public interface Ops<T> {

    /** Applies a block. */
    T apply(Block block, List<T> inputs);

    /** Applies a block to one value. */
    default T apply(Block block, T input) {
        return apply(block, List.of(input));
    }

    /** Applies a block to two values. */
    default T apply(Block block, T first, T second) {
        return apply(block, List.of(first, second));
    }
}
