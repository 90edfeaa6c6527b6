package dev.likeness.diffusion.graph;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names of an adapter's tensors in a network. Beside the weight of a linear layer or convolution, a low-rank adapter (Hu et al.
 * 2021, arXiv:2106.09685) computes y = W x + scale * up(down(x)). Adapters of other kinds change the weight itself: W is replaced
 * by W + scale * D, with D from the tensors of the change, and then its norms are replaced if the change has norms.
 */
public final class Adapters {

    /** The tensors of a change, by their names in files of LyCORIS. */
    public static final List<String> CHANGE = List.of(
            "lora_down",
            "lora_up",
            "lora_mid",
            "hada_w1_a",
            "hada_w1_b",
            "hada_w2_a",
            "hada_w2_b",
            "hada_t1",
            "hada_t2",
            "lokr_w1",
            "lokr_w1_a",
            "lokr_w1_b",
            "lokr_w2",
            "lokr_w2_a",
            "lokr_w2_b",
            "lokr_t2",
            "dora_scale");

    private static final String DOWN = ".lora.down.weight";
    private static final String UP = ".lora.up.weight";
    private static final String SCALE = ".lora.scale";
    private static final String CHANGED = ".change.";

    private Adapters() {}

    /** From the layer's inputs to the rank: [r, in], or [r, in, k, k] for a convolution. */
    public static String down(String layer) {
        return layer + DOWN;
    }

    /** From the rank to the layer's outputs: [out, r], or [out, r, 1, 1]. */
    public static String up(String layer) {
        return layer + UP;
    }

    /** Whether a tensor is that of {@link #up}, called B in the paper, or of a change from a low-rank product. */
    public static boolean isUp(String tensor) {
        return tensor.endsWith(UP) || tensor.endsWith(".lora_up");
    }

    /** A scalar that is not trained. */
    public static String scale(String layer) {
        return layer + SCALE;
    }

    /**
     * A tensor of a change of the layer's weight.
     *
     * @param number of the change, counted from 0: each changes the result of those before it
     * @param tensor one of {@link #CHANGE}
     */
    public static String change(String layer, int number, String tensor) {
        return layer + CHANGED + number + "." + tensor;
    }

    /** The scale of a change: a scalar that is not trained. */
    public static String changeScale(String layer, int number) {
        return change(layer, number, "scale");
    }

    /** How much of a change is used: a scalar that is not trained. A change without it is used whole. */
    public static String changeShare(String layer, int number) {
        return change(layer, number, "share");
    }

    /** Whether a tensor belongs to an adapter beside a weight, not to a change of it. */
    static boolean isBeside(String name) {
        return name.endsWith(DOWN);
    }

    /** The number of changes that one layer has at most, among tensors by name. */
    static int changes(Iterable<String> names) {
        int changes = 0;
        for (String name : names) {
            int at = name.indexOf(CHANGED);
            if (at >= 0) {
                int from = at + CHANGED.length();
                changes = Math.max(changes, 1 + Integer.parseInt(name.substring(from, name.indexOf('.', from))));
            }
        }
        return changes;
    }

    /** Those of some tensors of adapters that are trained: not their scales. */
    public static Set<String> trained(Set<String> names) {
        return names.stream()
                .filter(name -> !name.endsWith(SCALE) && !name.endsWith(".scale") && !name.endsWith(".share"))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The trainable tensors. */
    static Stream<String> names(String layer) {
        return Stream.concat(
                Stream.of(down(layer), up(layer)), CHANGE.stream().map(tensor -> change(layer, 0, tensor)));
    }
}
