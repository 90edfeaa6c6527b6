package dev.likeness.app.web.job;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.web.task.TaskOptions;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A job for an existing subject.
 *
 * @param classWord as sent, or null for the subject's own
 * @param spec as sent; empty if absent
 * @param options of the job
 */
record JobRequest(UUID subjectId, @Nullable String classWord, ObjectNode spec, TaskOptions options) {

    static final String SUBJECT_ID = PlanRequest.SUBJECT_ID;

    /** @throws InvalidSpecException if a field is missing, invalid or unknown */
    static JobRequest read(ObjectNode body) {
        PlanRequest request = PlanRequest.read(body, true);
        return new JobRequest(
                Objects.requireNonNull(request.subjectId()), request.classWord(), request.spec(), request.options());
    }

    /**
     * @param body as above, but without the subject, which is in the path
     * @throws InvalidSpecException if a field is invalid or unknown
     */
    static JobRequest read(UUID subjectId, ObjectNode body) {
        if (body.has(SUBJECT_ID)) {
            throw new InvalidSpecException(List.of(
                    violation(SUBJECT_ID, "must be omitted, because the path names the subject", "extra_forbidden")));
        }
        return read(body.deepCopy().put(SUBJECT_ID, subjectId.toString()));
    }

    private static Violation violation(String field, String message, String type) {
        return new Violation(List.of(field), message, type);
    }

    /** The request in the OpenAPI document. */
    @Schema(name = "JobRequest")
    record Described(
            @Schema(nullable = true) @Nullable String classWord,

            JobSpec spec,

            @JsonUnwrapped TaskOptions.Described options) {}
}
