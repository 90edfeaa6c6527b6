package dev.likeness.app.queue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;

/**
 * What goes with a task from who submits it to who works on it, for the trace and the log alone: the W3C trace context, and
 * the owner. A version that knows more fields than another does it no harm.
 */
record TaskOrigin(@JsonValue Map<String, String> fields) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    TaskOrigin {
        fields = Map.copyOf(fields);
    }
}
