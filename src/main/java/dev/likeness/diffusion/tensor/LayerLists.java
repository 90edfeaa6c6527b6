package dev.likeness.diffusion.tensor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fields of a network's config.json that contain numbers of layers. A UNet's may contain one number per level, or one
 * per layer of each level. If all are equal, the result is one number. Levels that differ are left for the reader of
 * the configuration to handle.
 */
public final class LayerLists {

    private static final String LAYERS = "layers_per_block";
    private static final String ONLY_CROSS_ATTENTION = "only_cross_attention";
    private static final String TRANSFORMERS = "transformer_layers_per_block";
    private static final String REVERSED = "reverse_transformer_layers_per_block";

    /**
     * Several times the number of any published network. Larger numbers are mistakes, and would use memory accordingly.
     */
    private static final int MOST_LAYERS = 100;

    private LayerLists() {}

    /**
     * Refuses a number of layers that is out of range.
     *
     * @param file for the error message
     * @throws InvalidModelException naming the field, unless the number is 0 to 100
     */
    public static void requireSupported(String file, String field, int layers) {
        if (layers < 0 || layers > MOST_LAYERS) {
            throw new InvalidModelException(
                    "%s: %s = %d is not supported: it must be 0 to %d".formatted(file, field, layers, MOST_LAYERS));
        }
    }

    /**
     * The same configuration, but with one number in place of each list of equal numbers.
     *
     * @throws InvalidModelException naming the field, if layers of a level differ, or the levels going up do not mirror
     *     those going down
     */
    public static JsonNode even(JsonNode config) {
        if (!(config instanceof ObjectNode given)) {
            return config;
        }
        ObjectNode even = given.deepCopy();
        for (String field : List.of(LAYERS, ONLY_CROSS_ATTENTION)) {
            if (even.path(field).isArray()) {
                even.set(field, one(field, even.path(field)));
            }
        }
        if (even.path(TRANSFORMERS).isArray()) {
            even.set(TRANSFORMERS, levels(TRANSFORMERS, even.path(TRANSFORMERS)));
        }
        JsonNode up = even.path(REVERSED);
        if (!up.isMissingNode() && !up.isNull() && !mirrored(even.path(TRANSFORMERS), up)) {
            throw new InvalidModelException("unet/config.json: %s = %s is not supported: it is not %s = %s in reverse"
                    .formatted(REVERSED, up, TRANSFORMERS, given.path(TRANSFORMERS)));
        }
        return even;
    }

    private static boolean mirrored(JsonNode down, JsonNode up) {
        JsonNode levels = up.isArray() ? levels(REVERSED, up) : up;
        if (!down.isArray() || !levels.isArray()) {
            return down.equals(levels);
        }
        List<JsonNode> reversed = new ArrayList<>(levels.valueStream().toList());
        Collections.reverse(reversed);
        return reversed.equals(down.valueStream().toList());
    }

    private static ArrayNode levels(String field, JsonNode values) {
        ArrayNode levels = JsonNodeFactory.instance.arrayNode();
        values.forEach(level -> levels.add(level.isArray() ? one(field, level) : level));
        return levels;
    }

    private static JsonNode one(String field, JsonNode values) {
        List<JsonNode> different = values.valueStream().distinct().toList();
        if (different.size() != 1) {
            throw new InvalidModelException(
                    "unet/config.json: %s with %s is not supported: these layers are not all alike"
                            .formatted(field, values));
        }
        return different.get(0);
    }
}
