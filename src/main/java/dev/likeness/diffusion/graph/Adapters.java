package dev.likeness.diffusion.graph;

import java.util.stream.Stream;

/**
 * Names of a low-rank adapter's tensors (Hu et al. 2021, arXiv:2106.09685). Beside the weight of a linear layer or
 * convolution, they compute y = W x + scale * up(down(x)).
 */
public final class Adapters {

    private static final String DOWN = ".lora.down.weight";
    private static final String UP = ".lora.up.weight";
    private static final String SCALE = ".lora.scale";

    private Adapters() {}

    /** From the layer's inputs to the rank: [r, in], or [r, in, k, k] for a convolution. */
    public static String down(String layer) {
        return layer + DOWN;
    }

    /** From the rank to the layer's outputs: [out, r], or [out, r, 1, 1]. */
    public static String up(String layer) {
        return layer + UP;
    }

    /** A scalar that is not trained. */
    public static String scale(String layer) {
        return layer + SCALE;
    }

    /** The trainable tensors. */
    static Stream<String> names(String layer) {
        return Stream.of(down(layer), up(layer));
    }
}
