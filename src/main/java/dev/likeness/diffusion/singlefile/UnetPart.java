package dev.likeness.diffusion.singlefile;

import dev.likeness.diffusion.tensor.SafeTensors;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import tools.jackson.databind.node.ObjectNode;

/**
 * The denoising network. The checkpoint numbers its blocks consecutively; diffusers numbers them within their
 * resolution level.
 */
final class UnetPart implements Part {

    private static final Map<String, String> RESNET = Map.of(
            "in_layers.0", "norm1",
            "in_layers.2", "conv1",
            "emb_layers.1", "time_emb_proj",
            "out_layers.0", "norm2",
            "out_layers.3", "conv2",
            "skip_connection", "conv_shortcut");

    private static final String RESNET_LAYER =
            "(in_layers\\.[02]|emb_layers\\.1|out_layers\\.[03]|skip_connection)\\.(weight|bias)";

    private static final String ATTENTION_LAYER = "((?:norm|proj_in|proj_out|transformer_blocks\\.\\d+\\."
            + "(?:norm[123]|attn[12]\\.(?:to_[qkv]|to_out\\.0)|ff\\.net\\.(?:0\\.proj|2)))\\.(?:weight|bias))";

    private final UnetShape shape;
    private final Renaming renaming;

    UnetPart(Tensors tensors) {
        shape = UnetShape.of(tensors);
        renaming = renaming();
    }

    private Renaming renaming() {
        return new Renaming()
                .rule("time_embed\\.0\\.(weight|bias)", "time_embedding.linear_1.$1")
                .rule("time_embed\\.2\\.(weight|bias)", "time_embedding.linear_2.$1")
                .rule("label_emb\\.0\\.0\\.(weight|bias)", "add_embedding.linear_1.$1")
                .rule("label_emb\\.0\\.2\\.(weight|bias)", "add_embedding.linear_2.$1")
                .rule("input_blocks\\.0\\.0\\.(weight|bias)", "conv_in.$1")
                .rule("out\\.0\\.(weight|bias)", "conv_norm_out.$1")
                .rule("out\\.2\\.(weight|bias)", "conv_out.$1")
                .rule(
                        "input_blocks\\.(\\d+)\\.0\\.op\\.(weight|bias)",
                        match -> down(match, "downsamplers.0.conv." + match.group(2)))
                .rule(
                        "input_blocks\\.(\\d+)\\.0\\." + RESNET_LAYER,
                        match -> down(match, "resnets.%d.".formatted(inDown(match)) + resnet(match, 2)))
                .rule(
                        "input_blocks\\.(\\d+)\\.1\\." + ATTENTION_LAYER,
                        match -> down(match, "attentions.%d.".formatted(inDown(match)) + match.group(2)))
                .rule("middle_block\\.0\\." + RESNET_LAYER, match -> "mid_block.resnets.0." + resnet(match, 1))
                .rule("middle_block\\.1\\." + ATTENTION_LAYER, "mid_block.attentions.0.$1")
                .rule("middle_block\\.2\\." + RESNET_LAYER, match -> "mid_block.resnets.1." + resnet(match, 1))
                .rule(
                        "output_blocks\\.(\\d+)\\.[12]\\.conv\\.(weight|bias)",
                        match -> up(match, "upsamplers.0.conv." + match.group(2)))
                .rule(
                        "output_blocks\\.(\\d+)\\.0\\." + RESNET_LAYER,
                        match -> up(match, "resnets.%d.".formatted(inUp(match)) + resnet(match, 2)))
                .rule(
                        "output_blocks\\.(\\d+)\\.1\\." + ATTENTION_LAYER,
                        match -> up(match, "attentions.%d.".formatted(inUp(match)) + match.group(2)));
    }

    /** The first input block is conv_in. Each level has its layers and, except for the last level, a downsampling. */
    private String down(MatchResult match, String rest) {
        return "down_blocks.%d.".formatted((number(match) - 1) / shape.blocksPerLevel()) + rest;
    }

    private int inDown(MatchResult match) {
        return (number(match) - 1) % shape.blocksPerLevel();
    }

    /** In the second half each level has one more layer, and its upsampling is inside the last one. */
    private String up(MatchResult match, String rest) {
        return "up_blocks.%d.".formatted(number(match) / shape.blocksPerLevel()) + rest;
    }

    private int inUp(MatchResult match) {
        return number(match) % shape.blocksPerLevel();
    }

    private static int number(MatchResult match) {
        return Integer.parseInt(match.group(1));
    }

    private static String resnet(MatchResult match, int group) {
        return RESNET.get(match.group(group)) + "." + match.group(group + 1);
    }

    @Override
    public Optional<List<Piece>> pieces(String name, SafeTensors.Entry tensor) {
        return renaming.apply(name).map(renamed -> List.of(Piece.of(renamed, tensor)));
    }

    @Override
    public void describe(ObjectNode config) {
        shape.describe(config);
    }
}
