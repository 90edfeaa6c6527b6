package dev.likeness.diffusion.vae;

import dev.likeness.diffusion.graph.Blocks;
import dev.likeness.diffusion.graph.Ops;
import dev.likeness.diffusion.graph.Topology;
import java.util.List;

/** Unscaled latents [B, Z, h, w] to pictures [B, 3, fh, fw], about in [-1, 1]. */
record DecoderTopology(VaeConfig config) implements Topology {

    @Override
    public String name() {
        return "decode";
    }

    @Override
    public List<String> inputs() {
        return List.of("latent");
    }

    @Override
    public <T> List<T> build(Ops<T> ops, List<T> inputs) {
        List<Integer> widths = config.blockOutChannels();
        int levels = widths.size();
        int groups = config.normNumGroups();
        int latent = config.latentChannels();
        int channels = widths.get(levels - 1);
        T h = inputs.get(0);
        if (config.usePostQuantConv()) {
            h = ops.apply(Blocks.conv1("post_quant_conv", latent, latent), h);
        }
        h = ops.apply(Blocks.conv3("decoder.conv_in", latent, channels, 1), h);
        h = ops.apply(VaeBlocks.resnet("decoder.mid_block.resnets.0", channels, channels, groups), h);
        h = ops.apply(VaeBlocks.attention("decoder.mid_block.attentions.0", channels, groups), h);
        h = ops.apply(VaeBlocks.resnet("decoder.mid_block.resnets.1", channels, channels, groups), h);
        for (int i = 0; i < levels; i++) {
            String block = "decoder.up_blocks." + i;
            int width = widths.get(levels - 1 - i);
            for (int j = 0; j <= config.layersPerBlock(); j++) {
                h = ops.apply(VaeBlocks.resnet(block + ".resnets." + j, channels, width, groups), h);
                channels = width;
            }
            if (i < levels - 1) {
                h = ops.apply(Blocks.upsample(block + ".upsamplers.0.conv", channels), h);
            }
        }
        h = ops.apply(Blocks.normSilu("decoder.conv_norm_out", channels, groups, VaeBlocks.EPSILON), h);
        h = ops.apply(Blocks.conv3("decoder.conv_out", channels, config.outChannels(), 1), h);
        return List.of(ops.apply(Blocks.toFloat(), h));
    }
}
