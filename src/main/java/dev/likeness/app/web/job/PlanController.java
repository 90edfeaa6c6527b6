package dev.likeness.app.web.job;

import dev.likeness.app.job.JobDraft;
import dev.likeness.app.job.JobDurations;
import dev.likeness.app.web.http.JsonBodies;
import dev.likeness.app.web.http.Paths;
import dev.likeness.app.web.openapi.DocumentOrder;
import dev.likeness.app.web.problem.ProblemType;
import dev.likeness.app.web.problem.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Plans jobs before they are submitted. */
@RestController
@Tag(name = DocumentOrder.JOBS)
class PlanController {

    private final JobSubmission submission;
    private final JobDurations durations;

    PlanController(JobSubmission submission, JobDurations durations) {
        this.submission = submission;
        this.durations = durations;
    }

    @PostMapping(
            path = Paths.PLANS,
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "planJob",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = PlanRequest.Described.class))))
    @Problems({
        ProblemType.UNREADABLE_REQUEST,
        ProblemType.UNSUPPORTED_MEDIA_TYPE,
        ProblemType.INVALID_REQUEST,
        ProblemType.PLAN_DOES_NOT_FIT,
        ProblemType.QUOTA_EXCEEDED
    })
    PlanView plan(@RequestBody(required = false) @Nullable ObjectNode request) {
        JobDraft draft = submission.plan(PlanRequest.read(JsonBodies.orEmpty(request), false));
        return PlanView.of(draft, durations.expect(draft));
    }
}
