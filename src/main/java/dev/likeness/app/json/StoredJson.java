package dev.likeness.app.json;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON in the database: that of the wire, but read as processes of neighbouring releases have to read each other. What is not
 * known is passed over, and what is missing says nothing.
 */
public final class StoredJson {

    private StoredJson() {}

    /** @param wire which refuses both */
    public static JsonMapper mapper(JsonMapper wire) {
        return wire.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .build();
    }
}
