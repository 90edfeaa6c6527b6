package dev.likeness.diffusion.singlefile;

import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.SafeTensors;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.regex.MatchResult;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The autoencoder. The checkpoint numbers the decoder's levels from the picture on, diffusers from the latents on. */
final class VaePart implements Part {

    private static final Map<String, String> ATTENTION =
            Map.of("norm", "group_norm", "q", "to_q", "k", "to_k", "v", "to_v", "proj_out", "to_out.0");

    private static final String RESNET_LAYER = "(norm[12]|conv[12]|nin_shortcut)\\.(weight|bias)";

    private final Tensors tensors;
    private final int levels;
    private final int layers;
    private final Renaming renaming;

    VaePart(Tensors tensors) {
        this.tensors = tensors;
        levels = tensors.count("encoder.down.%d.block.0.conv1.weight");
        layers = tensors.count("encoder.down.0.block.%d.conv1.weight");
        if (levels == 0 || tensors.count("decoder.up.%d.block.0.conv1.weight") != levels) {
            throw new InvalidModelException("the autoencoder's encoder and decoder do not have the same levels");
        }
        renaming = new Renaming();
        side("encoder", "down", IntUnaryOperator.identity());
        side("decoder", "up", level -> levels - 1 - level);
        renaming.rule("((?:post_)?quant_conv)\\.(weight|bias)", "$1.$2");
    }

    private void side(String side, String direction, IntUnaryOperator level) {
        String blocks = "%s.%s_blocks.%%d.".formatted(side, direction);
        String levelPattern = "%s\\.%s\\.(\\d+)\\.".formatted(side, direction);
        renaming.rule(side + "\\.(conv_in|conv_out)\\.(weight|bias)", side + ".$1.$2")
                .rule(side + "\\.norm_out\\.(weight|bias)", side + ".conv_norm_out.$1")
                .rule(
                        levelPattern + "(down|up)sample\\.conv\\.(weight|bias)",
                        match -> blocks.formatted(level.applyAsInt(number(match, 1)))
                                + "%ssamplers.0.conv.%s".formatted(match.group(2), match.group(3)))
                .rule(
                        levelPattern + "block\\.(\\d+)\\." + RESNET_LAYER,
                        match -> blocks.formatted(level.applyAsInt(number(match, 1)))
                                + "resnets.%s.".formatted(match.group(2))
                                + resnet(match, 3))
                .rule(
                        side + "\\.mid\\.block_([12])\\." + RESNET_LAYER,
                        match -> "%s.mid_block.resnets.%d.".formatted(side, number(match, 1) - 1) + resnet(match, 2))
                .rule(
                        side + "\\.mid\\.attn_1\\.(norm|q|k|v|proj_out)\\.(weight|bias)",
                        match -> "%s.mid_block.attentions.0.%s.%s"
                                .formatted(side, ATTENTION.get(match.group(1)), match.group(2)));
    }

    private static int number(MatchResult match, int group) {
        return Integer.parseInt(match.group(group));
    }

    private static String resnet(MatchResult match, int group) {
        String layer = match.group(group).equals("nin_shortcut") ? "conv_shortcut" : match.group(group);
        return layer + "." + match.group(group + 1);
    }

    @Override
    public Optional<List<Piece>> pieces(String name, SafeTensors.Entry tensor) {
        return renaming.apply(name).map(renamed -> List.of(piece(renamed, tensor)));
    }

    /**
     * The attention's layers are 1x1 convolutions in the checkpoint and linear layers in diffusers, with the same
     * numbers.
     */
    private static Piece piece(String name, SafeTensors.Entry tensor) {
        long[] shape = tensor.shape();
        boolean pointwise = shape.length == 4 && shape[2] == 1 && shape[3] == 1;
        return pointwise && name.contains(".attentions.")
                ? Piece.reshaped(name, tensor, shape[0], shape[1])
                : Piece.of(name, tensor);
    }

    @Override
    public void describe(ObjectNode config) {
        config.put("in_channels", tensors.size("encoder.conv_in.weight", 1));
        config.put("out_channels", tensors.size("decoder.conv_out.weight", 0));
        config.put("latent_channels", tensors.size("post_quant_conv.weight", 0));
        config.put("layers_per_block", layers);
        ArrayNode channels = config.putArray("block_out_channels");
        ArrayNode down = config.putArray("down_block_types");
        ArrayNode up = config.putArray("up_block_types");
        for (int level = 0; level < levels; level++) {
            channels.add(tensors.size("encoder.down.%d.block.0.conv1.weight".formatted(level), 0));
            down.add("DownEncoderBlock2D");
            up.add("UpDecoderBlock2D");
        }
    }
}
