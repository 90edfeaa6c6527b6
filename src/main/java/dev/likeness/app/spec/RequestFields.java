package dev.likeness.app.spec;

import dev.likeness.app.refusal.Violation;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads single fields of a request that is not bound yet. */
public final class RequestFields {

    private RequestFields() {}

    /**
     * A field with a string; empty if it is missing or null.
     *
     * @throws InvalidSpecException if it has another type
     */
    public static Optional<String> text(ObjectNode request, String field) {
        return text(request, List.of(field), field);
    }

    /** As {@link #text(ObjectNode, String)}, in a section of the request. Also empty if that is missing or no object. */
    public static Optional<String> text(ObjectNode request, String section, String field) {
        return text(request.path(section), List.of(section, field), field);
    }

    private static Optional<String> text(JsonNode section, List<String> location, String field) {
        JsonNode value = section.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isString()) {
            throw new InvalidSpecException(List.of(new Violation(location, "must be a string", "type_error")));
        }
        return Optional.of(value.asString());
    }

    /**
     * A field with an id. Also empty if the string is no id, which the binder refuses.
     *
     * @throws InvalidSpecException if it has another type
     */
    public static Optional<UUID> id(ObjectNode request, String field) {
        return text(request, field).flatMap(RequestFields::parse);
    }

    /** As {@link #id(ObjectNode, String)}, in a section of the request. Also empty if that is missing or no object. */
    public static Optional<UUID> id(ObjectNode request, String section, String field) {
        return text(request, section, field).flatMap(RequestFields::parse);
    }

    private static Optional<UUID> parse(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
