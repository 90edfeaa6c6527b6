package dev.likeness.diffusion.text;

/**
 * The fields of a CLIP text tower's config.json that shape the network.
 *
 * @param hiddenAct {@code quick_gelu} or {@code gelu}
 * @param eosTokenId the token whose state is the pooled one; 2 in old files, where it means the largest id
 */
public record ClipTextConfig(
        int vocabSize,
        int maxPositionEmbeddings,
        int hiddenSize,
        int intermediateSize,
        int numHiddenLayers,
        int numAttentionHeads,
        String hiddenAct,
        double layerNormEps,
        int eosTokenId) {}
