package dev.likeness.diffusion.caption;

import dev.likeness.diffusion.tensor.InvalidModelException;
import tools.jackson.databind.JsonNode;

/**
 * Fields of an object in config.json. transformers omits fields with its own default, which the caller passes.
 *
 * @param path of the object, with a dot at its end, for error messages
 * @param json the object; may be missing
 */
record ConfigFields(String path, JsonNode json) {

    int integer(String field, int otherwise) {
        JsonNode value = json.path(field);
        if (absent(value)) {
            return otherwise;
        }
        if (!value.isInt()) {
            throw unsupported(field);
        }
        return value.intValue();
    }

    double real(String field, double otherwise) {
        JsonNode value = json.path(field);
        if (absent(value)) {
            return otherwise;
        }
        if (!value.isNumber()) {
            throw unsupported(field);
        }
        return value.doubleValue();
    }

    /** The name of an activation that the kernels support. */
    String activation(String field) {
        JsonNode value = json.path(field);
        String name = absent(value) ? "gelu" : value.asString();
        if (!name.equals("gelu") && !name.equals("quick_gelu")) {
            throw unsupported(field);
        }
        return name;
    }

    void requireTrue(String field) {
        JsonNode value = json.path(field);
        if (!absent(value) && !value.asBoolean(false)) {
            throw unsupported(field);
        }
    }

    InvalidModelException unsupported(String field) {
        return new InvalidModelException(
                "config.json of BLIP: %s%s = %s is not supported".formatted(path, field, json.path(field)));
    }

    private static boolean absent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }
}
