package dev.likeness.diffusion.vae;

import dev.likeness.diffusion.graph.Blocks;
import dev.likeness.diffusion.graph.Ops;
import dev.likeness.diffusion.graph.Topology;
import java.util.List;

/** Pictures [B, 3, H, W] in [-1, 1] to the moments [B, 2Z, H/f, W/f]: means, then log variances. */
record EncoderTopology(VaeConfig config) implements Topology {

    @Override
    public String name() {
        return "encode";
    }

    @Override
    public List<String> inputs() {
        return List.of("image");
    }

    @Override
    public <T> List<T> build(Ops<T> ops, List<T> inputs) {
        List<Integer> widths = config.blockOutChannels();
        int groups = config.normNumGroups();
        int channels = widths.get(0);
        T h = ops.apply(Blocks.conv3("encoder.conv_in", config.inChannels(), channels, 1), inputs.get(0));
        for (int level = 0; level < widths.size(); level++) {
            String block = "encoder.down_blocks." + level;
            for (int i = 0; i < config.layersPerBlock(); i++) {
                h = ops.apply(VaeBlocks.resnet(block + ".resnets." + i, channels, widths.get(level), groups), h);
                channels = widths.get(level);
            }
            if (level < widths.size() - 1) {
                h = ops.apply(VaeBlocks.downsample(block + ".downsamplers.0.conv", channels), h);
            }
        }
        h = ops.apply(VaeBlocks.resnet("encoder.mid_block.resnets.0", channels, channels, groups), h);
        h = ops.apply(VaeBlocks.attention("encoder.mid_block.attentions.0", channels, groups), h);
        h = ops.apply(VaeBlocks.resnet("encoder.mid_block.resnets.1", channels, channels, groups), h);
        h = ops.apply(Blocks.normSilu("encoder.conv_norm_out", channels, groups, VaeBlocks.EPSILON), h);
        int moments = 2 * config.latentChannels();
        h = ops.apply(Blocks.conv3("encoder.conv_out", channels, moments, 1), h);
        if (config.useQuantConv()) {
            h = ops.apply(Blocks.conv1("quant_conv", moments, moments), h);
        }
        return List.of(ops.apply(Blocks.toFloat(), h));
    }
}
