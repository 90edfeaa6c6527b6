package dev.likeness.diffusion.text;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a CLIP text tower's config.json that shape the network.
 *
 * @param hiddenAct {@code quick_gelu} or {@code gelu}
 * @param eosTokenId the token whose state is the pooled one; 2 in old files, where it means the largest id
 * @param projectionDim length of the projected pooled state, where the tower has a projection
 * @param architectures the class that wrote the file, which says whether there is one
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
        int eosTokenId,
        @Nullable Integer projectionDim,
        @Nullable List<String> architectures) {

    private static final String WITH_PROJECTION = "CLIPTextModelWithProjection";

    /** Whether the pooled state is projected: SDXL's second tower. */
    boolean projects() {
        return projectionDim != null && architectures != null && architectures.contains(WITH_PROJECTION);
    }
}
