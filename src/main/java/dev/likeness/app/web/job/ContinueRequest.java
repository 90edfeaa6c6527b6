package dev.likeness.app.web.job;

import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.InvalidSpecException;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A job that continues the training of another one.
 *
 * @param steps after those of the other job
 * @param webhook as sent, or null
 */
record ContinueRequest(int steps, @Nullable String webhook) {

    private static final String STEPS = "steps";
    private static final Set<String> FIELDS = Set.of(STEPS, JobRequest.WEBHOOK);

    /** @throws InvalidSpecException if a field is missing, invalid or unknown */
    static ContinueRequest read(ObjectNode body) {
        List<Violation> violations = new ArrayList<>();
        body.propertyNames().stream()
                .filter(name -> !FIELDS.contains(name))
                .forEach(name -> violations.add(violation(name, "is not a known field", "extra_forbidden")));
        JsonNode steps = body.path(STEPS);
        if (steps.isMissingNode() || steps.isNull()) {
            violations.add(violation(STEPS, "is required: the number of steps to train further", "missing"));
        } else if (!steps.isInt()) {
            violations.add(violation(STEPS, "must be an integer", "type_error"));
        }
        JsonNode webhook = body.path(JobRequest.WEBHOOK);
        boolean without = webhook.isMissingNode() || webhook.isNull();
        if (!without && !webhook.isString()) {
            violations.add(violation(JobRequest.WEBHOOK, "must be a string", "type_error"));
        }
        if (!violations.isEmpty()) {
            throw new InvalidSpecException(violations);
        }
        return new ContinueRequest(steps.intValue(), without ? null : webhook.asString());
    }

    private static Violation violation(String field, String message, String type) {
        return new Violation(List.of(field), message, type);
    }

    /** The request in the OpenAPI document. */
    @Schema(name = "ContinueRequest")
    record Described(
            @Schema(minimum = "1", maximum = "99999", requiredMode = Schema.RequiredMode.REQUIRED)
            int steps,

            @Schema(format = "uri", nullable = true) @Nullable
            String webhook) {}
}
