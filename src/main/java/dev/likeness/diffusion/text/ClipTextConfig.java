package dev.likeness.diffusion.text;

import dev.likeness.diffusion.tensor.ConfigDefaults;
import dev.likeness.diffusion.tensor.ModelConfig;
import java.nio.file.Path;
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
    private static final int DEFAULT_PROJECTION = 512;

    /**
     * The text side of a transformers CLIPModel, which always projects. How far stands beside it, for both towers.
     *
     * @param file the CLIPModel's config.json
     * @throws dev.likeness.diffusion.tensor.InvalidModelException if it is missing or describes none
     */
    static ClipTextConfig ofClip(Path file) {
        ClipTextConfig text = ModelConfig.read(file, "text_config", ClipTextConfig.class, ConfigDefaults.CLIP_TEXT);
        int projection = ModelConfig.tree(file).path("projection_dim").asInt(DEFAULT_PROJECTION);
        return new ClipTextConfig(
                text.vocabSize,
                text.maxPositionEmbeddings,
                text.hiddenSize,
                text.intermediateSize,
                text.numHiddenLayers,
                text.numAttentionHeads,
                text.hiddenAct,
                text.layerNormEps,
                text.eosTokenId,
                projection,
                List.of(WITH_PROJECTION));
    }

    /** Whether the pooled state is projected: SDXL's second tower, and that of a CLIPModel. */
    boolean projects() {
        return projectionDim != null && architectures != null && architectures.contains(WITH_PROJECTION);
    }
}
