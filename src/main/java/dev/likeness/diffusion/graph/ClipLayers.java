package dev.likeness.diffusion.graph;

import java.util.List;

/** The transformer layer in both encoders of CLIP. */
public record ClipLayers(int features, int hidden, int heads, String activation, double epsilon, boolean causal) {

    /** Self-attention and a two-layer network, each after a layer norm: [B, L, D] to [B, L, D]. */
    public Block layer(String prefix) {
        return new Block("clip_layer", prefix, List.of(heads, activation, epsilon, causal), weights(prefix));
    }

    /** The causal layer with a further input [B, L], which hides tokens from the others. */
    public Block maskedLayer(String prefix) {
        return new Block("masked_clip_layer", prefix, List.of(heads, activation, epsilon), weights(prefix));
    }

    private List<WeightSpec> weights(String prefix) {
        return Blocks.all(
                Blocks.affine(prefix + ".layer_norm1", features),
                square(prefix + ".self_attn.q_proj"),
                square(prefix + ".self_attn.k_proj"),
                square(prefix + ".self_attn.v_proj"),
                square(prefix + ".self_attn.out_proj"),
                Blocks.affine(prefix + ".layer_norm2", features),
                Blocks.linear(prefix + ".mlp.fc1", features, hidden, true),
                Blocks.linear(prefix + ".mlp.fc2", hidden, features, true));
    }

    private List<WeightSpec> square(String prefix) {
        return Blocks.linear(prefix, features, features, true);
    }
}
