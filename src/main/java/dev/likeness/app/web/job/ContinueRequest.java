package dev.likeness.app.web.job;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.web.task.TaskOptions;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A job that continues the training of another one.
 *
 * @param steps after those of the other job
 * @param options of the new job
 */
record ContinueRequest(int steps, TaskOptions options) {

    private static final String STEPS = "steps";

    /** @throws InvalidSpecException if a field is missing, invalid or unknown */
    static ContinueRequest read(ObjectNode request) {
        List<Violation> violations = new ArrayList<>();
        ObjectNode body = request.deepCopy();
        TaskOptions options = TaskOptions.take(body, violations);
        body.propertyNames().stream()
                .filter(name -> !STEPS.equals(name))
                .forEach(name -> violations.add(violation(name, "is not a known field", "extra_forbidden")));
        JsonNode steps = body.path(STEPS);
        if (steps.isMissingNode() || steps.isNull()) {
            violations.add(violation(STEPS, "is required: the number of steps to train further", "missing"));
        } else if (!steps.isInt()) {
            violations.add(violation(STEPS, "must be an integer", "type_error"));
        }
        if (!violations.isEmpty()) {
            throw new InvalidSpecException(violations);
        }
        return new ContinueRequest(steps.intValue(), options);
    }

    private static Violation violation(String field, String message, String type) {
        return new Violation(List.of(field), message, type);
    }

    /** The request in the OpenAPI document. */
    @Schema(name = "ContinueRequest")
    record Described(
            @Schema(minimum = "1", maximum = "99999", requiredMode = Schema.RequiredMode.REQUIRED)
            int steps,

            @JsonUnwrapped TaskOptions.Described options) {}
}
