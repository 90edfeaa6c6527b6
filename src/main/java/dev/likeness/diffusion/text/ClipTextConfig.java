package dev.likeness.diffusion.text;

import dev.likeness.diffusion.graph.NeededWeights;
import dev.likeness.diffusion.graph.Topology;
import dev.likeness.diffusion.graph.WeightSpec;
import dev.likeness.diffusion.tensor.ConfigDefaults;
import dev.likeness.diffusion.tensor.LayerLists;
import dev.likeness.diffusion.tensor.ModelConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of a CLIP text encoder's config.json that describe the network.
 *
 * @param hiddenAct {@code quick_gelu} or {@code gelu}
 * @param eosTokenId the token whose state is the pooled one; 2 in old files, where it means the largest id
 * @param projectionDim length of the projected pooled state, where the encoder has a projection
 * @param architectures the class that wrote the file, which tells whether there is a projection
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

    /** The projections of its attentions. */
    public static final Set<String> ATTENTION = Set.of("q_proj", "k_proj", "v_proj", "out_proj");

    private static final String WITH_PROJECTION = "CLIPTextModelWithProjection";
    private static final int DEFAULT_PROJECTION = 512;
    private static final String ROOT = "text_model.";
    private static final String PROJECTION = "text_projection.";

    /**
     * The text encoder of a transformers CLIPModel, which always projects. The file states the projection's length once for
     * both encoders.
     *
     * @param file the CLIPModel's config.json
     * @throws dev.likeness.diffusion.tensor.InvalidModelException if it is missing, or describes no text encoder
     */
    static ClipTextConfig ofClip(Path file) {
        JsonNode json = ModelConfig.tree(file);
        JsonNode text = json.path("text_config").deepCopy();
        if (text instanceof ObjectNode fields) {
            fields.put("projection_dim", json.path("projection_dim").asInt(DEFAULT_PROJECTION));
            fields.putArray("architectures").add(WITH_PROJECTION);
        }
        ClipTextConfig config = ModelConfig.convert(
                ModelConfig.name(file) + ": text_config", text, ClipTextConfig.class, ConfigDefaults.CLIP_TEXT);
        LayerLists.requireSupported("config.json: text_config", "num_hidden_layers", config.numHiddenLayers);
        return config;
    }

    /**
     * Reads a config.json.
     *
     * @throws dev.likeness.diffusion.tensor.InvalidModelException if it is missing, or describes no text encoder
     */
    public static ClipTextConfig read(Path file) {
        return of("config.json", ModelConfig.tree(file));
    }

    /** As {@link #read}, for a file that is already parsed. */
    public static ClipTextConfig of(String name, JsonNode json) {
        ClipTextConfig config = ModelConfig.convert(name, json, ClipTextConfig.class, ConfigDefaults.CLIP_TEXT);
        LayerLists.requireSupported(name, "num_hidden_layers", config.numHiddenLayers);
        return config;
    }

    /** The weights that an encoder of this configuration has. */
    public Map<String, WeightSpec> weights() {
        return NeededWeights.of(List.of(topology()));
    }

    /** The network that this describes. */
    public Topology topology() {
        return new ClipTextTopology(this);
    }

    /**
     * The network's name for a tensor of a file; empty for a tensor that the network does not have. In some files names start
     * at the encoder, in others at the model around it. Old files also hold the positions 0, 1, 2, ...
     */
    public static String currentName(String key) {
        if (key.endsWith("embeddings.position_ids")) {
            return "";
        }
        return key.startsWith(ROOT) || key.startsWith(PROJECTION) ? key : ROOT + key;
    }

    /** Whether the pooled state is projected: SDXL's second encoder, and that of a CLIPModel. */
    public boolean projects() {
        return projectionDim != null && architectures != null && architectures.contains(WITH_PROJECTION);
    }
}
