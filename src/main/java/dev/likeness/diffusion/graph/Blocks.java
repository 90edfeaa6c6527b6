package dev.likeness.diffusion.graph;

import java.util.ArrayList;
import java.util.List;

/** Blocks that several networks share. Shapes: B batch, C channels, H and W height and width, L tokens, D features. */
public final class Blocks {

    private Blocks() {}

    /** 3x3 convolution with padding 1: [B, in, H, W] to [B, out, H/stride, W/stride]. */
    public static Block conv3(String prefix, int in, int out, int stride) {
        return new Block("conv3", prefix, List.of(stride), conv(prefix, in, out, 3));
    }

    /** 1x1 convolution: [B, in, H, W] to [B, out, H, W]. */
    public static Block conv1(String prefix, int in, int out) {
        return new Block("conv1", prefix, List.of(), conv(prefix, in, out, 1));
    }

    /** Nearest-neighbour upsampling by two and a 3x3 convolution: [B, C, H, W] to [B, C, 2H, 2W]. */
    public static Block upsample(String prefix, int channels) {
        return new Block("upsample", prefix, List.of(), conv(prefix, channels, channels, 3));
    }

    /** Group norm and SiLU. */
    public static Block normSilu(String prefix, int channels, int groups, double epsilon) {
        return new Block("norm_silu", prefix, List.of(groups, epsilon), affine(prefix, channels));
    }

    /** Concatenation of two values along the channels. */
    public static Block concatenate() {
        return new Block("concatenate", "", List.of(), List.of());
    }

    /** Sum of two values of one shape. */
    public static Block sum() {
        return new Block("sum", "", List.of(), List.of());
    }

    /** Converts to fp32: the last block of a network, in any precision. */
    public static Block toFloat() {
        return new Block("to_float", "", List.of(), List.of());
    }

    /** Layer norm over the last dimension. */
    public static Block layerNorm(String prefix, int features, double epsilon) {
        return new Block("layer_norm", prefix, List.of(epsilon), affine(prefix, features));
    }

    /** Weight and bias of a norm. */
    public static List<WeightSpec> affine(String prefix, int channels) {
        return List.of(new WeightSpec(prefix + ".weight", channels), new WeightSpec(prefix + ".bias", channels));
    }

    /** Weight and bias of a square convolution. */
    public static List<WeightSpec> conv(String prefix, int in, int out, int kernel) {
        return List.of(
                new WeightSpec(prefix + ".weight", out, in, kernel, kernel), new WeightSpec(prefix + ".bias", out));
    }

    /** Weight and, if there is one, bias of a linear layer. */
    public static List<WeightSpec> linear(String prefix, int in, int out, boolean bias) {
        WeightSpec weight = new WeightSpec(prefix + ".weight", out, in);
        return bias ? List.of(weight, new WeightSpec(prefix + ".bias", out)) : List.of(weight);
    }

    /** All of several lists, in order. */
    @SafeVarargs
    public static List<WeightSpec> all(List<WeightSpec>... lists) {
        List<WeightSpec> all = new ArrayList<>();
        for (List<WeightSpec> list : lists) {
            all.addAll(list);
        }
        return all;
    }
}
