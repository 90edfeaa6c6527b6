package dev.likeness.app.queue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;

/**
 * Context of a task from its submission to its run, for traces and logs only: the W3C trace context and the owner.
 * Unknown fields of other versions are ignored.
 */
record TaskOrigin(@JsonValue Map<String, String> fields) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    TaskOrigin {
        fields = Map.copyOf(fields);
    }
}
