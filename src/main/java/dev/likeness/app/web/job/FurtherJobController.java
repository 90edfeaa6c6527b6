package dev.likeness.app.web.job;

import dev.likeness.app.job.Job;
import dev.likeness.app.web.http.JsonBodies;
import dev.likeness.app.web.http.LongPolling;
import dev.likeness.app.web.http.Paths;
import dev.likeness.app.web.http.Preference;
import dev.likeness.app.web.openapi.DocumentOrder;
import dev.likeness.app.web.openapi.Submits;
import dev.likeness.app.web.problem.ProblemType;
import dev.likeness.app.web.problem.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import tools.jackson.databind.node.ObjectNode;

/** Jobs that begin with another job. */
@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = DocumentOrder.JOBS)
class FurtherJobController {

    private final FurtherJobs submission;
    private final JobViews views;
    private final LongPolling answers;

    FurtherJobController(FurtherJobs submission, JobViews views, LongPolling answers) {
        this.submission = submission;
        this.views = views;
        this.answers = answers;
    }

    @Submits
    @PostMapping(path = Paths.JOB_CONTINUE, consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "continueJob",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = ContinueRequest.Described.class))))
    @Problems({
        ProblemType.TOO_LARGE,
        ProblemType.WRONG_STATE,
        ProblemType.GONE,
        ProblemType.PLAN_DOES_NOT_FIT,
        ProblemType.QUOTA_EXCEEDED
    })
    DeferredResult<ResponseEntity<JobView>> continueJob(
            @PathVariable UUID id,
            @RequestBody(required = false) @Nullable ObjectNode request,
            @RequestHeader(name = Preference.HEADER, required = false) @Nullable String prefer) {
        return accepted(submission.continueJob(id, JsonBodies.orEmpty(request)), prefer);
    }

    @Submits
    @PostMapping(path = Paths.JOB_COPY, consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "copyJob",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = CopyRequest.Described.class))))
    @Problems({ProblemType.TOO_LARGE, ProblemType.PLAN_DOES_NOT_FIT, ProblemType.QUOTA_EXCEEDED})
    DeferredResult<ResponseEntity<JobView>> copy(
            @PathVariable UUID id,
            @RequestBody(required = false) @Nullable ObjectNode request,
            @RequestHeader(name = Preference.HEADER, required = false) @Nullable String prefer) {
        return accepted(submission.copy(id, JsonBodies.orEmpty(request)), prefer);
    }

    private DeferredResult<ResponseEntity<JobView>> accepted(Job job, @Nullable String prefer) {
        JobView view = views.of(job);
        return answers.answer(prefer, job.id(), view.urls().get(), view, () -> views.get(job.id()));
    }
}
