package dev.likeness.diffusion.vae;

import dev.likeness.diffusion.graph.NeededWeights;
import dev.likeness.diffusion.graph.Topology;
import dev.likeness.diffusion.graph.WeightSpec;
import dev.likeness.diffusion.tensor.ConfigDefaults;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.LayerLists;
import dev.likeness.diffusion.tensor.ModelConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The fields of an autoencoder's config.json that shape the network.
 *
 * @param scalingFactor latents are multiplied by this after encoding; absent in the oldest files
 * @param shiftFactor is subtracted from latents before; absent where there is no shift
 * @param useQuantConv whether a convolution of one pixel follows the encoder
 * @param usePostQuantConv whether such a convolution precedes the decoder
 */
public record VaeConfig(
        int inChannels,
        int outChannels,
        int latentChannels,
        int layersPerBlock,
        int normNumGroups,
        List<Integer> blockOutChannels,
        @Nullable Double scalingFactor,
        @Nullable Double shiftFactor,
        boolean useQuantConv,
        boolean usePostQuantConv) {

    /** Names of the attention's layers before diffusers 0.17, which the published files of Stable Diffusion 1 have. */
    private static final Map<String, String> OLD_NAMES =
            Map.of(".query.", ".to_q.", ".key.", ".to_k.", ".value.", ".to_v.", ".proj_attn.", ".to_out.0.");

    private static final double STABLE_DIFFUSION_1_SCALING = 0.18215;

    /**
     * Reads and checks a config.json.
     *
     * @throws InvalidModelException naming the field that is not supported
     */
    public static VaeConfig read(Path file) {
        return of(ModelConfig.tree(file));
    }

    /** As {@link #read}, for parsed JSON. */
    public static VaeConfig of(JsonNode json) {
        if (!json.path("mid_block_add_attention").asBoolean(true)) {
            throw new InvalidModelException("vae/config.json: mid_block_add_attention = false is not supported");
        }
        for (String field : List.of("latents_mean", "latents_std")) {
            if (!json.path(field).isMissingNode() && !json.path(field).isNull()) {
                throw new InvalidModelException("vae/config.json: %s is not supported".formatted(field));
            }
        }
        VaeConfig config = ModelConfig.convert("vae/config.json", json, VaeConfig.class, ConfigDefaults.VAE);
        LayerLists.requireSupported("vae/config.json", "layers_per_block", config.layersPerBlock);
        if (config.blockOutChannels.isEmpty()) {
            throw new InvalidModelException("vae/config.json: block_out_channels is empty");
        }
        return config;
    }

    /** The weights of an autoencoder with this configuration. */
    public Map<String, WeightSpec> weights() {
        return NeededWeights.of(List.of(encoder(), decoder()));
    }

    /** The network from pictures to latents. */
    public Topology encoder() {
        return new EncoderTopology(this);
    }

    /** The network from latents to pictures. */
    public Topology decoder() {
        return new DecoderTopology(this);
    }

    /** Maps a tensor's key in a file to the network's name. */
    public static String currentName(String key) {
        String name = key;
        if (key.contains(".attentions.")) {
            for (Map.Entry<String, String> old : OLD_NAMES.entrySet()) {
                name = name.replace(old.getKey(), old.getValue());
            }
        }
        return name;
    }

    /** Number of pixels per latent position, along one side. */
    public int factor() {
        return 1 << (blockOutChannels.size() - 1);
    }

    /** The factor that latents are multiplied by after encoding. */
    public double scaling() {
        return scalingFactor != null ? scalingFactor : STABLE_DIFFUSION_1_SCALING;
    }

    /** What is subtracted from latents before {@link #scaling}. */
    public double shift() {
        return shiftFactor != null ? shiftFactor : 0;
    }
}
