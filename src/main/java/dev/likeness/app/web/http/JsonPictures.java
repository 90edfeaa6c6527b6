package dev.likeness.app.web.http;

import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.InvalidSpecException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Requests for pictures in JSON, in place of a form: their URLs, and texts beside them. */
public final class JsonPictures {

    private JsonPictures() {}

    /**
     * The URLs of pictures.
     *
     * @throws InvalidSpecException if they are absent, or not a list of texts
     */
    public static List<String> urls(ObjectNode body) {
        JsonNode field = body.path(FormParts.IMAGE_URLS);
        if (field.isMissingNode() || field.isNull()) {
            throw refused(
                    List.of(FormParts.IMAGE_URLS),
                    "is required in JSON; to upload files, send a multipart form",
                    "missing");
        }
        if (!(field instanceof ArrayNode list)) {
            throw refused(List.of(FormParts.IMAGE_URLS), "must be a list of URLs", "type_error");
        }
        List<String> urls = new ArrayList<>();
        for (JsonNode url : list) {
            if (!url.isString()) {
                List<String> location = List.of(FormParts.IMAGE_URLS, Integer.toString(urls.size()));
                throw refused(location, "must be a URL", "type_error");
            }
            urls.add(url.asString().strip());
        }
        return urls;
    }

    /**
     * A text, or null.
     *
     * @throws InvalidSpecException if it is something else
     */
    @Nullable
    public static String text(ObjectNode body, String field) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw refused(List.of(field), "must be a string", "type_error");
        }
        return value.asString();
    }

    /** @throws InvalidSpecException naming each field that is not one of these */
    public static void refuseOthers(ObjectNode body, Set<String> fields) {
        List<Violation> others = body.propertyNames().stream()
                .filter(it -> !fields.contains(it))
                .map(it -> new Violation(List.of(it), "is not a known field", "extra_forbidden"))
                .toList();
        if (!others.isEmpty()) {
            throw new InvalidSpecException(others);
        }
    }

    private static InvalidSpecException refused(List<String> location, String message, String type) {
        return new InvalidSpecException(List.of(new Violation(location, message, type)));
    }
}
