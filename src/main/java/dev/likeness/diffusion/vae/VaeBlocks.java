package dev.likeness.diffusion.vae;

import dev.likeness.diffusion.graph.Block;
import dev.likeness.diffusion.graph.Blocks;
import dev.likeness.diffusion.graph.WeightSpec;
import java.util.ArrayList;
import java.util.List;

/** Blocks of the autoencoder. */
final class VaeBlocks {

    static final double EPSILON = 1e-6;

    private VaeBlocks() {}

    static Block resnet(String prefix, int in, int out, int groups) {
        List<WeightSpec> weights = new ArrayList<>(Blocks.all(
                Blocks.affine(prefix + ".norm1", in),
                Blocks.conv(prefix + ".conv1", in, out, 3),
                Blocks.affine(prefix + ".norm2", out),
                Blocks.conv(prefix + ".conv2", out, out, 3)));
        if (in != out) {
            weights.addAll(Blocks.conv(prefix + ".conv_shortcut", in, out, 1));
        }
        return new Block("vae_resnet", prefix, List.of(groups, EPSILON), weights);
    }

    static Block attention(String prefix, int channels, int groups) {
        return new Block(
                "vae_attention",
                prefix,
                List.of(groups),
                Blocks.all(
                        Blocks.affine(prefix + ".group_norm", channels),
                        Blocks.linear(prefix + ".to_q", channels, channels, true),
                        Blocks.linear(prefix + ".to_k", channels, channels, true),
                        Blocks.linear(prefix + ".to_v", channels, channels, true),
                        Blocks.linear(prefix + ".to_out.0", channels, channels, true)));
    }

    static Block downsample(String prefix, int channels) {
        return new Block("vae_downsample", prefix, List.of(), Blocks.conv(prefix, channels, channels, 3));
    }
}
