package dev.likeness.diffusion.method;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * A method's settings in a job's spec.
 *
 * @param section the method's own section, with the wire's names; an empty object for a method without one
 * @param trainTextEncoder whether the text encoders learn too, where a method can train them
 */
public record MethodSettings(JsonNode section, boolean trainTextEncoder) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /**
     * Reads the settings of a method.
     *
     * @param spec a record with the wire's names in camel case, or a tree with them in snake case
     */
    public static MethodSettings of(MethodType method, Object spec) {
        JsonNode tree = JSON.valueToTree(spec);
        return new MethodSettings(
                method.section().map(tree::path).orElseGet(JSON::createObjectNode),
                tree.path("training").path("train_text_encoder").asBoolean());
    }

    /** The section as a record, whose components have the names of its fields. */
    <T> T section(Class<T> type) {
        return JSON.treeToValue(section, type);
    }
}
