package dev.likeness.diffusion.evaluation;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The configuration fields that shape a DINO network, a transformers ViTModel or Dinov2Model.
 *
 * @param modelType {@code vit} or {@code dinov2}
 * @param imageSize side in pixels for which the positions were trained
 * @param patchSize side of a patch in pixels
 * @param intermediateSize of a ViT; null where {@code mlpRatio} defines it
 * @param mlpRatio hidden features of a DINOv2 divided by its features
 * @param hiddenAct {@code gelu}
 * @param useSwigluFfn whether a DINOv2 has gated layers, as its largest model has
 */
record DinoConfig(
        String modelType,
        int imageSize,
        int patchSize,
        int hiddenSize,
        @Nullable Integer intermediateSize,
        double mlpRatio,
        int numHiddenLayers,
        int numAttentionHeads,
        String hiddenAct,
        double layerNormEps,
        boolean qkvBias,
        boolean useSwigluFfn) {

    static final String VIT = "vit";
    static final String DINOV2 = "dinov2";

    /** Defaults of ViTConfig and Dinov2Config. */
    static final Map<String, Object> DEFAULTS = Map.of(
            "image_size", 224,
            "patch_size", 16,
            "hidden_size", 768,
            "mlp_ratio", 4,
            "num_hidden_layers", 12,
            "num_attention_heads", 12,
            "hidden_act", "gelu",
            "layer_norm_eps", 1e-12,
            "qkv_bias", true,
            "use_swiglu_ffn", false);

    boolean isV2() {
        return modelType.equals(DINOV2);
    }

    /** Features between the two layers of a block's feed-forward network. */
    int hidden() {
        return isV2() ? (int) (hiddenSize * mlpRatio) : Objects.requireNonNullElse(intermediateSize, 4 * hiddenSize);
    }

    /** Number of patches along a side of the picture for which the positions were trained. */
    int grid() {
        return imageSize / patchSize;
    }
}
