package dev.likeness.diffusion.caption;

/**
 * The fields of BLIP's {@code text_config} that shape the decoder and define a text's start and end.
 *
 * @param hiddenAct {@code quick_gelu} or {@code gelu}
 */
record BlipTextConfig(
        Tokens tokens,
        int hiddenSize,
        int intermediateSize,
        int numHiddenLayers,
        int numAttentionHeads,
        String hiddenAct,
        double layerNormEps) {

    /**
     * The token ids of a text.
     *
     * @param maxPositionEmbeddings number of tokens of the longest text
     * @param bosTokenId the first token of every caption, [DEC]
     * @param sepTokenId the last token of every caption; {@code eos_token_id} is another one, which is not used
     */
    record Tokens(int vocabSize, int maxPositionEmbeddings, int bosTokenId, int sepTokenId) {

        private static Tokens of(ConfigFields fields) {
            Tokens tokens = new Tokens(
                    fields.integer("vocab_size", 30524),
                    fields.integer("max_position_embeddings", 512),
                    fields.integer("bos_token_id", 30522),
                    fields.integer("sep_token_id", 102));
            if (tokens.bosTokenId < 0 || tokens.bosTokenId >= tokens.vocabSize) {
                throw fields.unsupported("bos_token_id");
            }
            return tokens;
        }
    }

    /** @throws dev.likeness.diffusion.tensor.InvalidModelException naming the field that is not supported */
    static BlipTextConfig of(ConfigFields fields) {
        fields.requireTrue("is_decoder");
        BlipTextConfig config = new BlipTextConfig(
                Tokens.of(fields),
                fields.integer("hidden_size", 768),
                fields.integer("intermediate_size", 3072),
                fields.integer("num_hidden_layers", 12),
                fields.integer("num_attention_heads", 8),
                fields.activation("hidden_act"),
                fields.real("layer_norm_eps", 1e-12));
        if (config.numAttentionHeads < 1 || config.hiddenSize % config.numAttentionHeads != 0) {
            throw fields.unsupported("num_attention_heads");
        }
        return config;
    }
}
