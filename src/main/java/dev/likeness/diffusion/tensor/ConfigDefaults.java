package dev.likeness.diffusion.tensor;

import java.util.Map;

/** Default values of transformers and diffusers for fields that a network's config.json leaves out. */
public final class ConfigDefaults {

    /** CLIPTextConfig. */
    public static final Map<String, Object> CLIP_TEXT = Map.of(
            "vocab_size", 49_408,
            "max_position_embeddings", 77,
            "hidden_size", 512,
            "intermediate_size", 2048,
            "num_hidden_layers", 12,
            "num_attention_heads", 8,
            "hidden_act", "quick_gelu",
            "layer_norm_eps", 1e-5,
            "eos_token_id", 49_407);

    /** CLIPVisionConfig. */
    public static final Map<String, Object> CLIP_VISION = Map.of(
            "image_size", 224,
            "patch_size", 32,
            "hidden_size", 768,
            "intermediate_size", 3072,
            "num_hidden_layers", 12,
            "num_attention_heads", 12,
            "projection_dim", 512,
            "hidden_act", "quick_gelu",
            "layer_norm_eps", 1e-5);

    /** UNet2DConditionModel, without its levels. */
    public static final Map<String, Object> UNET = Map.of(
            "in_channels", 4,
            "out_channels", 4,
            "layers_per_block", 2,
            "cross_attention_dim", 1280,
            "norm_num_groups", 32,
            "norm_eps", 1e-5,
            "use_linear_projection", false);

    /** AutoencoderKL, without its levels. */
    public static final Map<String, Object> VAE = Map.of(
            "in_channels", 3,
            "out_channels", 3,
            "latent_channels", 4,
            "layers_per_block", 1,
            "norm_num_groups", 32,
            "use_quant_conv", true,
            "use_post_quant_conv", true);

    private ConfigDefaults() {}
}
