package dev.likeness.app.web.job;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.web.task.TaskOptions;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A copy of a job.
 *
 * @param classWord as sent, or null for that of the job
 * @param spec changes, as sent; empty if absent
 * @param options of the copy
 */
record CopyRequest(@Nullable String classWord, ObjectNode spec, TaskOptions options) {

    /** @throws InvalidSpecException if a field is invalid or unknown */
    static CopyRequest read(ObjectNode body) {
        if (body.has(PlanRequest.SUBJECT_ID)) {
            throw new InvalidSpecException(List.of(new Violation(
                    List.of(PlanRequest.SUBJECT_ID),
                    "must be omitted, because a copy has the pictures of its job",
                    "extra_forbidden")));
        }
        PlanRequest request = PlanRequest.read(body, false);
        return new CopyRequest(request.classWord(), request.spec(), request.options());
    }

    /** The request in the OpenAPI document. */
    @Schema(name = "CopyRequest")
    record Described(
            @Schema(nullable = true) @Nullable String classWord,

            JobSpec spec,

            @JsonUnwrapped TaskOptions.Described options) {}
}
