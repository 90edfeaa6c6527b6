package dev.likeness.app.web.http;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON bodies that a request may leave out. */
public final class JsonBodies {

    private JsonBodies() {}

    /** The body, or an empty object without one. */
    public static ObjectNode orEmpty(@Nullable ObjectNode body) {
        return body == null ? JsonNodeFactory.instance.objectNode() : body;
    }
}
