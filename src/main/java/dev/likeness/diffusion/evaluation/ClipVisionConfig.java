package dev.likeness.diffusion.evaluation;

/**
 * The fields of a CLIP image encoder's configuration that shape the network.
 *
 * @param hiddenAct {@code quick_gelu} or {@code gelu}
 * @param imageSize side of the square picture in pixels
 * @param patchSize side of a patch in pixels
 * @param projectionDim length of the embedding
 */
record ClipVisionConfig(
        int imageSize,
        int patchSize,
        int hiddenSize,
        int intermediateSize,
        int numHiddenLayers,
        int numAttentionHeads,
        int projectionDim,
        String hiddenAct,
        double layerNormEps) {

    /** Number of patches and the class token. */
    int tokens() {
        int side = imageSize / patchSize;
        return side * side + 1;
    }
}
