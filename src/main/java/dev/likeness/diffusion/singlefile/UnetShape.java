package dev.likeness.diffusion.singlefile;

import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.wire.Quantity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The configuration fields that a UNet's tensors determine.
 *
 * @param layers residual blocks per level in the first half
 * @param channels of each level
 * @param depths transformer blocks in each attention of a level, 0 without attention
 */
record UnetShape(Tensors tensors, int layers, List<Integer> channels, List<Integer> depths) {

    /** Features per attention head, in all families but the first. */
    private static final int HEAD_WIDTH = 64;

    private static final String FIRST_CONVOLUTION = "input_blocks.0.0.weight";
    private static final String LAST_CONVOLUTION = "out.2.weight";
    private static final String MIDDLE = "middle_block.1.";
    private static final String ADDED = "label_emb.0.0.weight";

    static UnetShape of(Tensors tensors) {
        int inputs = 1;
        int levels = 1;
        int perLevel = 0;
        while (isBlock(tensors, inputs)) {
            if (tensors.has("input_blocks.%d.0.op.weight".formatted(inputs))) {
                perLevel = perLevel == 0 ? inputs : perLevel;
                levels++;
            }
            inputs++;
        }
        perLevel = perLevel == 0 ? inputs : perLevel;
        if (perLevel < 2 || inputs != levels * perLevel) {
            throw new InvalidModelException("the UNet has %s on %s, which is not supported"
                    .formatted(Quantity.of(inputs, "input block"), Quantity.of(levels, "level")));
        }
        List<Integer> channels = new ArrayList<>();
        List<Integer> depths = new ArrayList<>();
        for (int level = 0; level < levels; level++) {
            channels.add(tensors.size("input_blocks.%d.0.out_layers.3.weight".formatted(level * perLevel + 1), 0));
            depths.add(depth(tensors, levels, perLevel, level));
        }
        return new UnetShape(tensors, perLevel - 1, channels, depths);
    }

    private static boolean isBlock(Tensors tensors, int number) {
        return tensors.has("input_blocks.%d.0.op.weight".formatted(number))
                || tensors.has("input_blocks.%d.0.in_layers.0.weight".formatted(number));
    }

    /** All attentions of a level must have the same depth, because config.json has one number for them. */
    private static int depth(Tensors tensors, int levels, int perLevel, int level) {
        Set<Integer> found = new HashSet<>();
        for (int i = 1; i < perLevel; i++) {
            found.add(blocks(tensors, "input_blocks.%d.1.".formatted(level * perLevel + i)));
        }
        for (int i = 0; i < perLevel; i++) {
            found.add(blocks(tensors, "output_blocks.%d.1.".formatted((levels - 1 - level) * perLevel + i)));
        }
        int depth = found.iterator().next();
        boolean leadsToMiddle = level == levels - 1 && depth > 0;
        if (found.size() > 1 || leadsToMiddle && depth != blocks(tensors, MIDDLE)) {
            throw new InvalidModelException(
                    "the UNet's attentions on level %d differ in depth, which is not supported".formatted(level));
        }
        return depth;
    }

    private static int blocks(Tensors tensors, String prefix) {
        return tensors.count(prefix + "transformer_blocks.%d.norm1.weight");
    }

    /** Number of a level's input blocks, and also of its output blocks. */
    int blocksPerLevel() {
        return layers + 1;
    }

    void describe(ObjectNode config) {
        config.put("in_channels", tensors.size(FIRST_CONVOLUTION, 1));
        config.put("out_channels", tensors.size(LAST_CONVOLUTION, 0));
        config.put("layers_per_block", layers);
        config.put("cross_attention_dim", tensors.size(MIDDLE + "transformer_blocks.0.attn2.to_k.weight", 1));
        config.put("use_linear_projection", tensors.rank(MIDDLE + "proj_in.weight") == 2);
        channels.forEach(config.putArray("block_out_channels")::add);
        describeBlocks(config);
        if (tensors.has(ADDED)) {
            config.put("addition_embed_type", "text_time");
            config.put("projection_class_embeddings_input_dim", tensors.size(ADDED, 1));
        }
        if (!config.hasNonNull("attention_head_dim") && !config.hasNonNull("num_attention_heads")) {
            // The field contains the number of heads, despite its name.
            ArrayNode heads = config.putArray("attention_head_dim");
            channels.forEach(width -> heads.add(Heads.of("unet", width, HEAD_WIDTH)));
        }
    }

    private void describeBlocks(ObjectNode config) {
        ArrayNode down = config.putArray("down_block_types");
        depths.forEach(depth -> down.add(depth > 0 ? "CrossAttnDownBlock2D" : "DownBlock2D"));
        List<Integer> reversed = new ArrayList<>(depths);
        Collections.reverse(reversed);
        ArrayNode up = config.putArray("up_block_types");
        reversed.forEach(depth -> up.add(depth > 0 ? "CrossAttnUpBlock2D" : "UpBlock2D"));
        if (depths.stream().allMatch(depth -> depth <= 1)) {
            config.put("transformer_layers_per_block", 1);
        } else {
            ArrayNode transformers = config.putArray("transformer_layers_per_block");
            depths.forEach(depth -> transformers.add(Math.max(1, depth)));
        }
    }
}
