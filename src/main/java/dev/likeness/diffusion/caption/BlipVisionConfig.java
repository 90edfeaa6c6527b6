package dev.likeness.diffusion.caption;

/**
 * The fields of BLIP's {@code vision_config} that shape the network.
 *
 * @param imageSize side of the square picture in pixels
 * @param patchSize side of a patch in pixels
 * @param hiddenAct {@code quick_gelu} or {@code gelu}
 */
record BlipVisionConfig(
        int imageSize,
        int patchSize,
        int hiddenSize,
        int intermediateSize,
        int numHiddenLayers,
        int numAttentionHeads,
        String hiddenAct,
        double layerNormEps) {

    /** @throws dev.likeness.diffusion.tensor.InvalidModelException naming the field that is not supported */
    static BlipVisionConfig of(ConfigFields fields) {
        BlipVisionConfig config = new BlipVisionConfig(
                fields.integer("image_size", 384),
                fields.integer("patch_size", 16),
                fields.integer("hidden_size", 768),
                fields.integer("intermediate_size", 3072),
                fields.integer("num_hidden_layers", 12),
                fields.integer("num_attention_heads", 12),
                fields.activation("hidden_act"),
                fields.real("layer_norm_eps", 1e-5));
        if (config.patchSize < 1 || config.imageSize < config.patchSize) {
            throw fields.unsupported("patch_size");
        }
        if (config.numAttentionHeads < 1 || config.hiddenSize % config.numAttentionHeads != 0) {
            throw fields.unsupported("num_attention_heads");
        }
        return config;
    }

    /** Number of patches and the class token. */
    int tokens() {
        int side = imageSize / patchSize;
        return side * side + 1;
    }
}
