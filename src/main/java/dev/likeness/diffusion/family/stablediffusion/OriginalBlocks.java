package dev.likeness.diffusion.family.stablediffusion;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The original implementation's names of the UNet's layers: its blocks have consecutive numbers. */
final class OriginalBlocks {

    private static final Pattern DOWN = Pattern.compile("down_blocks\\.(\\d+)\\.(attentions|resnets)\\.(\\d+)\\.(.*)");
    private static final Pattern DOWNSAMPLER = Pattern.compile("down_blocks\\.(\\d+)\\.downsamplers\\.0\\.conv");
    private static final Pattern UP = Pattern.compile("up_blocks\\.(\\d+)\\.(attentions|resnets)\\.(\\d+)\\.(.*)");
    private static final Pattern UPSAMPLER = Pattern.compile("up_blocks\\.(\\d+)\\.upsamplers\\.0\\.conv");
    private static final Pattern MIDDLE = Pattern.compile("mid_block\\.(attentions|resnets)\\.(\\d+)\\.(.*)");

    private static final Map<String, String> OUTSIDE = Map.of(
            "conv_in", "input_blocks.0.0",
            "conv_out", "out.2",
            "time_embedding.linear_1", "time_embed.0",
            "time_embedding.linear_2", "time_embed.2",
            "add_embedding.linear_1", "label_emb.0.0",
            "add_embedding.linear_2", "label_emb.0.2");

    private static final Map<String, String> RESNET = Map.of(
            "conv1", "in_layers.2",
            "time_emb_proj", "emb_layers.1",
            "conv2", "out_layers.3",
            "conv_shortcut", "skip_connection");

    private OriginalBlocks() {}

    /** The original name of a layer; both possible names where the level's other layers decide, and none for a norm. */
    static List<String> of(String layer, int resnetsPerLevel) {
        String outside = OUTSIDE.get(layer);
        if (outside != null) {
            return List.of(outside);
        }
        // Every down level ends with a downsampling, and every up level has one more layer.
        int blocks = resnetsPerLevel + 1;
        Matcher down = DOWN.matcher(layer);
        if (down.matches()) {
            // Block 0 is the first convolution.
            int block = 1 + number(down, 1) * blocks + number(down, 3);
            return inBlock("input_blocks." + block, down.group(2), down.group(4));
        }
        Matcher downsampler = DOWNSAMPLER.matcher(layer);
        if (downsampler.matches()) {
            return List.of("input_blocks.%d.0.op".formatted((number(downsampler, 1) + 1) * blocks));
        }
        Matcher up = UP.matcher(layer);
        if (up.matches()) {
            return inBlock("output_blocks." + (number(up, 1) * blocks + number(up, 3)), up.group(2), up.group(4));
        }
        Matcher upsampler = UPSAMPLER.matcher(layer);
        if (upsampler.matches()) {
            String block = "output_blocks.%d.".formatted((number(upsampler, 1) + 1) * blocks - 1);
            return List.of(block + "1.conv", block + "2.conv");
        }
        Matcher middle = MIDDLE.matcher(layer);
        if (middle.matches()) {
            return middle.group(1).equals("attentions")
                    ? List.of("middle_block.1." + middle.group(3))
                    : resnet("middle_block." + 2 * number(middle, 2), middle.group(3));
        }
        return List.of();
    }

    private static List<String> inBlock(String block, String kind, String rest) {
        return kind.equals("attentions") ? List.of(block + ".1." + rest) : resnet(block + ".0", rest);
    }

    private static List<String> resnet(String prefix, String layer) {
        String original = RESNET.get(layer);
        return original == null ? List.of() : List.of(prefix + "." + original);
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }
}
