package dev.likeness.app.json;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON in the database: the JSON of the API, but tolerant, so that processes of neighbouring releases can read each
 * other's rows. Unknown fields are ignored; missing fields and unknown names of constants are null.
 */
public final class StoredJson {

    private StoredJson() {}

    /** @param wire the mapper of the API, which refuses both */
    public static JsonMapper mapper(JsonMapper wire) {
        return wire.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(EnumFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
                .build();
    }
}
