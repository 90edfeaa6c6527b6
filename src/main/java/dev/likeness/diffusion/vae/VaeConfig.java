package dev.likeness.diffusion.vae;

import dev.likeness.diffusion.tensor.ConfigDefaults;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.ModelConfig;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The fields of an autoencoder's config.json that shape the network.
 *
 * @param scalingFactor latents are multiplied by this after encoding; absent in the oldest files
 */
public record VaeConfig(
        int inChannels,
        int outChannels,
        int latentChannels,
        int layersPerBlock,
        int normNumGroups,
        List<Integer> blockOutChannels,
        @Nullable Double scalingFactor) {

    private static final double STABLE_DIFFUSION_1_SCALING = 0.18215;

    /**
     * Reads and checks a config.json.
     *
     * @throws InvalidModelException naming the field that is not supported
     */
    public static VaeConfig read(Path file) {
        JsonNode json = ModelConfig.tree(file);
        for (String field : List.of("use_quant_conv", "use_post_quant_conv", "mid_block_add_attention")) {
            if (!json.path(field).asBoolean(true)) {
                throw new InvalidModelException("vae/config.json: %s = false is not supported".formatted(field));
            }
        }
        for (String field : List.of("latents_mean", "latents_std", "shift_factor")) {
            if (!json.path(field).isMissingNode() && !json.path(field).isNull()) {
                throw new InvalidModelException("vae/config.json: %s is not supported".formatted(field));
            }
        }
        return ModelConfig.read(file, VaeConfig.class, ConfigDefaults.VAE);
    }

    /** Pixels to one latent, along a side. */
    public int factor() {
        return 1 << (blockOutChannels.size() - 1);
    }

    /** What latents are multiplied by. */
    public double scaling() {
        return scalingFactor != null ? scalingFactor : STABLE_DIFFUSION_1_SCALING;
    }
}
