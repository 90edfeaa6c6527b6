package dev.likeness.diffusion.unet;

import dev.likeness.diffusion.graph.NeededWeights;
import dev.likeness.diffusion.graph.Topology;
import dev.likeness.diffusion.graph.WeightSpec;
import dev.likeness.diffusion.tensor.ConfigDefaults;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.LayerLists;
import dev.likeness.diffusion.tensor.ModelConfig;
import dev.likeness.diffusion.wire.Quantity;
import java.util.AbstractMap.SimpleEntry;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The fields of a UNet's config.json that shape the network. In the file, a field with one value per level may be a
 * single number.
 *
 * @param sampleSize side of the latents of its training, or height and width; null if unknown
 * @param additionEmbedType {@code text_time} for SDXL
 * @param additionTimeEmbedDim length of the embedding of one size, SDXL
 * @param projectionClassEmbeddingsInputDim length of the pooled text state and the six embedded sizes together, SDXL
 * @param attentionHeadDim used as the number of heads, despite its name, if {@code numAttentionHeads} is absent
 */
public record UnetConfig(
        int inChannels,
        int outChannels,
        int layersPerBlock,
        List<Integer> blockOutChannels,
        List<String> downBlockTypes,
        List<String> upBlockTypes,
        @Nullable List<Integer> attentionHeadDim,
        @Nullable List<Integer> numAttentionHeads,
        @Nullable List<Integer> transformerLayersPerBlock,
        int crossAttentionDim,
        int normNumGroups,
        double normEps,
        boolean useLinearProjection,
        @Nullable List<Integer> sampleSize,
        @Nullable String additionEmbedType,
        @Nullable Integer additionTimeEmbedDim,
        @Nullable Integer projectionClassEmbeddingsInputDim) {

    private static final String TEXT_TIME = "text_time";

    /** Fields for which only some values are supported, with these values. */
    private static final List<Plain> PLAIN = List.of(
            new Plain("act_fn", Set.of("silu")),
            new Plain("addition_embed_type", Set.of(TEXT_TIME)),
            new Plain("center_input_sample", Set.of("false")),
            new Plain("class_embed_type", Set.of()),
            new Plain("conv_in_kernel", Set.of("3")),
            new Plain("conv_out_kernel", Set.of("3")),
            new Plain("cross_attention_norm", Set.of()),
            new Plain("downsample_padding", Set.of("1")),
            new Plain("dual_cross_attention", Set.of("false")),
            new Plain("encoder_hid_dim_type", Set.of()),
            new Plain("flip_sin_to_cos", Set.of("true")),
            new Plain("freq_shift", Set.of("0")),
            new Plain("mid_block_scale_factor", Set.of("1", "1.0")),
            new Plain("mid_block_type", Set.of("UNetMidBlock2DCrossAttn")),
            new Plain("num_class_embeds", Set.of()),
            new Plain("only_cross_attention", Set.of("false")),
            new Plain("resnet_time_scale_shift", Set.of("default")),
            new Plain("time_cond_proj_dim", Set.of()),
            new Plain("time_embedding_type", Set.of("positional")),
            // Fused attention accumulates in fp32 for either value.
            new Plain("upcast_attention", Set.of("false", "true")));

    private record Plain(String field, Set<String> values) {

        boolean has(JsonNode value) {
            return value.isValueNode() && values.contains(value.asString());
        }
    }

    /**
     * Checks a parsed config.json.
     *
     * @throws InvalidModelException naming the field that is not supported
     */
    public static UnetConfig of(JsonNode file) {
        JsonNode json = LayerLists.even(file);
        for (Plain plain : PLAIN) {
            JsonNode value = json.path(plain.field);
            if (!value.isMissingNode() && !value.isNull() && !plain.has(value)) {
                throw new InvalidModelException(
                        "unet/config.json: %s = %s is not supported".formatted(plain.field, value));
            }
        }
        if (json.has("mid_block_type") && json.path("mid_block_type").isNull()) {
            throw new InvalidModelException("unet/config.json: mid_block_type = null is not supported");
        }
        UnetConfig config = ModelConfig.convert("unet/config.json", json, UnetConfig.class, ConfigDefaults.UNET);
        LayerLists.requireSupported("unet/config.json", "layers_per_block", config.layersPerBlock);
        for (int layers : config.perLevel(config.transformerLayersPerBlock, 1)) {
            LayerLists.requireSupported("unet/config.json", "transformer_layers_per_block", layers);
        }
        config.requireKnownBlocks();
        config.requireLevels();
        if (config.takesSizes()
                && (config.additionTimeEmbedDim == null || config.projectionClassEmbeddingsInputDim == null)) {
            throw new InvalidModelException(
                    "unet/config.json: addition_embed_type text_time needs addition_time_embed_dim and projection_class_embeddings_input_dim");
        }
        return config;
    }

    /** The weights of a UNet with this configuration. */
    public Map<String, WeightSpec> weights() {
        return NeededWeights.of(List.of(topology()));
    }

    /** The network that this describes. */
    public Topology topology() {
        return new UnetTopology(this);
    }

    private void requireKnownBlocks() {
        Set<String> known = Set.of("CrossAttnDownBlock2D", "DownBlock2D", "CrossAttnUpBlock2D", "UpBlock2D");
        for (List<String> types : List.of(downBlockTypes, upBlockTypes)) {
            if (types.size() != levels()) {
                throw new InvalidModelException("unet/config.json: %s for %s"
                        .formatted(Quantity.of(types.size(), "block type"), Quantity.of(levels(), "level")));
            }
            for (String type : types) {
                if (!known.contains(type)) {
                    throw new InvalidModelException("unet/config.json: block type %s is not supported".formatted(type));
                }
            }
        }
    }

    private void requireLevels() {
        for (Map.Entry<String, @Nullable List<Integer>> each :
                Arrays.<Map.Entry<String, @Nullable List<Integer>>>asList(
                        new SimpleEntry<>("attention_head_dim", attentionHeadDim),
                        new SimpleEntry<>("num_attention_heads", numAttentionHeads),
                        new SimpleEntry<>("transformer_layers_per_block", transformerLayersPerBlock))) {
            List<Integer> values = each.getValue();
            if (values != null && values.size() > 1 && values.size() != levels()) {
                throw new InvalidModelException("unet/config.json: %s has %d values for %s"
                        .formatted(each.getKey(), values.size(), Quantity.of(levels(), "level")));
            }
        }
        for (int level = 0; level < levels(); level++) {
            int channels = channels(level);
            if (channels < 1 || channels % normNumGroups != 0 || channels % heads(level) != 0) {
                throw new InvalidModelException("unet/config.json: level %d has %s, which %s and %s do not divide"
                        .formatted(
                                level,
                                Quantity.of(channels, "channel"),
                                Quantity.of(normNumGroups, "group"),
                                Quantity.of(heads(level), "attention head")));
            }
        }
    }

    /**
     * Side of the square latents of its training; the shorter side if they were not square.
     *
     * @param otherwise the result if the file does not tell
     */
    public int side(int otherwise) {
        return sampleSize == null || sampleSize.isEmpty() ? otherwise : Collections.min(sampleSize);
    }

    /** Whether the network takes a pooled text state and picture sizes, as SDXL's does. */
    public boolean takesSizes() {
        return TEXT_TIME.equals(additionEmbedType);
    }

    /** Resolution levels. */
    public int levels() {
        return blockOutChannels.size();
    }

    /** Channels of a level. */
    int channels(int level) {
        return blockOutChannels.get(level);
    }

    /** Attention heads of a level. */
    int heads(int level) {
        List<Integer> heads = numAttentionHeads != null ? numAttentionHeads : attentionHeadDim;
        return perLevel(heads, 8).get(level);
    }

    /** Transformer blocks in each attention of a level. */
    int depth(int level) {
        return perLevel(transformerLayersPerBlock, 1).get(level);
    }

    private List<Integer> perLevel(@Nullable List<Integer> values, int fallback) {
        if (values == null || values.isEmpty()) {
            return Collections.nCopies(levels(), fallback);
        }
        return values.size() == 1 ? Collections.nCopies(levels(), values.get(0)) : values;
    }

    /** Sides of latents must be multiples of this. */
    public int reach() {
        return 1 << (levels() - 1);
    }
}
