package dev.likeness.diffusion.singlefile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The inverse mapping: from tensor names in a diffusers folder to those in the checkpoint. It lists the networks'
 * modules in the original numbering beside their counterparts.
 */
final class OriginalNames {

    private final Map<String, String> modules = new LinkedHashMap<>();

    private OriginalNames() {}

    /**
     * @param attends for each level, whether it has attention
     * @param layers residual blocks of a level
     */
    static OriginalNames unet(List<Boolean> attends, int layers) {
        OriginalNames names = new OriginalNames();
        names.same("time_embedding.linear_1", "time_embed.0");
        names.same("time_embedding.linear_2", "time_embed.2");
        names.same("add_embedding.linear_1", "label_emb.0.0");
        names.same("add_embedding.linear_2", "label_emb.0.2");
        names.same("conv_in", "input_blocks.0.0");
        names.same("conv_norm_out", "out.0");
        names.same("conv_out", "out.2");
        int levels = attends.size();
        int input = 1;
        for (int level = 0; level < levels; level++) {
            for (int layer = 0; layer < layers; layer++, input++) {
                names.resnet("down_blocks.%d.resnets.%d".formatted(level, layer), "input_blocks.%d.0".formatted(input));
                names.same(
                        "down_blocks.%d.attentions.%d".formatted(level, layer), "input_blocks.%d.1".formatted(input));
            }
            if (level < levels - 1) {
                names.same(
                        "down_blocks.%d.downsamplers.0.conv".formatted(level),
                        "input_blocks.%d.0.op".formatted(input++));
            }
        }
        names.resnet("mid_block.resnets.0", "middle_block.0");
        names.same("mid_block.attentions.0", "middle_block.1");
        names.resnet("mid_block.resnets.1", "middle_block.2");
        int output = 0;
        for (int block = 0; block < levels; block++) {
            for (int layer = 0; layer <= layers; layer++, output++) {
                names.resnet("up_blocks.%d.resnets.%d".formatted(block, layer), "output_blocks.%d.0".formatted(output));
                names.same(
                        "up_blocks.%d.attentions.%d".formatted(block, layer), "output_blocks.%d.1".formatted(output));
            }
            int place = attends.get(levels - 1 - block) ? 2 : 1;
            names.same(
                    "up_blocks.%d.upsamplers.0.conv".formatted(block),
                    "output_blocks.%d.%d.conv".formatted(output - 1, place));
        }
        return names;
    }

    static OriginalNames vae(int levels, int layers) {
        OriginalNames names = new OriginalNames();
        names.same("quant_conv", "quant_conv");
        names.same("post_quant_conv", "post_quant_conv");
        for (String side : List.of("encoder", "decoder")) {
            names.same(side + ".conv_in", side + ".conv_in");
            names.same(side + ".conv_norm_out", side + ".norm_out");
            names.same(side + ".conv_out", side + ".conv_out");
            names.vaeResnet(side + ".mid_block.resnets.0", side + ".mid.block_1");
            names.vaeResnet(side + ".mid_block.resnets.1", side + ".mid.block_2");
            names.same(side + ".mid_block.attentions.0.group_norm", side + ".mid.attn_1.norm");
            names.same(side + ".mid_block.attentions.0.to_q", side + ".mid.attn_1.q");
            names.same(side + ".mid_block.attentions.0.to_k", side + ".mid.attn_1.k");
            names.same(side + ".mid_block.attentions.0.to_v", side + ".mid.attn_1.v");
            names.same(side + ".mid_block.attentions.0.to_out.0", side + ".mid.attn_1.proj_out");
        }
        for (int i = 0; i < levels; i++) {
            int mirrored = levels - 1 - i;
            for (int j = 0; j <= layers; j++) {
                names.vaeResnet(
                        "encoder.down_blocks.%d.resnets.%d".formatted(i, j),
                        "encoder.down.%d.block.%d".formatted(i, j));
                names.vaeResnet(
                        "decoder.up_blocks.%d.resnets.%d".formatted(i, j),
                        "decoder.up.%d.block.%d".formatted(mirrored, j));
            }
            names.same(
                    "encoder.down_blocks.%d.downsamplers.0.conv".formatted(i),
                    "encoder.down.%d.downsample.conv".formatted(i));
            names.same(
                    "decoder.up_blocks.%d.upsamplers.0.conv".formatted(i),
                    "decoder.up.%d.upsample.conv".formatted(mirrored));
        }
        return names;
    }

    /** Without query, key and value. */
    static OriginalNames openClip(int layers) {
        OriginalNames names = new OriginalNames();
        names.same("text_model.embeddings.token_embedding", "token_embedding");
        names.same("text_model.final_layer_norm", "ln_final");
        for (int i = 0; i < layers; i++) {
            String ours = "text_model.encoder.layers.%d.".formatted(i);
            String theirs = "transformer.resblocks.%d.".formatted(i);
            names.same(ours + "layer_norm1", theirs + "ln_1");
            names.same(ours + "layer_norm2", theirs + "ln_2");
            names.same(ours + "mlp.fc1", theirs + "mlp.c_fc");
            names.same(ours + "mlp.fc2", theirs + "mlp.c_proj");
            names.same(ours + "self_attn.out_proj", theirs + "attn.out_proj");
        }
        return names;
    }

    private void same(String diffusers, String original) {
        modules.put(diffusers, original);
    }

    private void resnet(String diffusers, String original) {
        same(diffusers + ".norm1", original + ".in_layers.0");
        same(diffusers + ".conv1", original + ".in_layers.2");
        same(diffusers + ".time_emb_proj", original + ".emb_layers.1");
        same(diffusers + ".norm2", original + ".out_layers.0");
        same(diffusers + ".conv2", original + ".out_layers.3");
        same(diffusers + ".conv_shortcut", original + ".skip_connection");
    }

    private void vaeResnet(String diffusers, String original) {
        for (String layer : List.of("norm1", "norm2", "conv1", "conv2")) {
            same(diffusers + "." + layer, original + "." + layer);
        }
        same(diffusers + ".conv_shortcut", original + ".nin_shortcut");
    }

    /** The name of a tensor. Its module, or one around it, must be listed. */
    String of(String diffusers) {
        for (int end = diffusers.lastIndexOf('.'); end > 0; end = diffusers.lastIndexOf('.', end - 1)) {
            String original = modules.get(diffusers.substring(0, end));
            if (original != null) {
                return original + diffusers.substring(end);
            }
        }
        throw new IllegalArgumentException(diffusers);
    }
}
