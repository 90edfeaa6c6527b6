package dev.likeness.app.web.job;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.web.task.TaskOptions;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A job to plan.
 *
 * @param subjectId null if its pictures are not uploaded yet
 * @param classWord as sent, or null for the subject's own
 * @param spec as sent; empty if absent
 * @param options of the job
 */
record PlanRequest(@Nullable UUID subjectId, @Nullable String classWord, ObjectNode spec, TaskOptions options) {

    static final String SUBJECT_ID = "subject_id";

    private static final String CLASS_WORD = "class_word";
    private static final String SPEC = "spec";
    private static final Set<String> FIELDS = Set.of(SUBJECT_ID, CLASS_WORD, SPEC);
    private static final Pattern ID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    /**
     * @param subjectRequired whether the subject must be named
     * @throws InvalidSpecException if a field is missing, invalid or unknown
     */
    static PlanRequest read(ObjectNode request, boolean subjectRequired) {
        List<Violation> violations = new ArrayList<>();
        ObjectNode body = request.deepCopy();
        TaskOptions options = TaskOptions.take(body, violations);
        body.propertyNames().stream()
                .filter(name -> !FIELDS.contains(name))
                .forEach(name -> violations.add(violation(name, "is not a known field", "extra_forbidden")));
        JsonNode id = given(body, SUBJECT_ID).orElse(null);
        if (id == null) {
            if (subjectRequired) {
                violations.add(violation(
                        SUBJECT_ID,
                        "or image_urls is required in JSON; to upload files, send a multipart form",
                        "missing"));
            }
        } else if (!id.isString() || !ID.matcher(id.asString()).matches()) {
            violations.add(violation(SUBJECT_ID, "must be the id of a subject", "type_error"));
        }
        String classWord = text(body, CLASS_WORD, violations);
        JsonNode spec = given(body, SPEC).orElseGet(body::objectNode);
        if (!spec.isObject()) {
            violations.add(violation(SPEC, "must be an object", "type_error"));
        }
        if (!violations.isEmpty()) {
            throw new InvalidSpecException(violations);
        }
        return new PlanRequest(
                id == null ? null : UUID.fromString(id.asString()), classWord, (ObjectNode) spec, options);
    }

    private static @Nullable String text(ObjectNode body, String field, List<Violation> violations) {
        JsonNode value = given(body, field).orElse(null);
        if (value == null || value.isString()) {
            return value == null ? null : value.asString();
        }
        violations.add(violation(field, "must be a string", "type_error"));
        return null;
    }

    /** Null counts as absent. */
    private static Optional<JsonNode> given(ObjectNode body, String field) {
        return Optional.ofNullable(body.get(field)).filter(value -> !value.isNull());
    }

    private static Violation violation(String field, String message, String type) {
        return new Violation(List.of(field), message, type);
    }

    /** The request in the OpenAPI document. */
    @Schema(name = "PlanRequest")
    record Described(
            @Schema(nullable = true) @Nullable UUID subjectId,

            @Schema(nullable = true) @Nullable String classWord,

            JobSpec spec,

            @JsonUnwrapped TaskOptions.Described options) {}
}
