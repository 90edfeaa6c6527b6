package dev.likeness.app.web.job;

import dev.likeness.app.job.Job;
import dev.likeness.app.job.Jobs;
import dev.likeness.app.subject.Subjects;
import dev.likeness.app.web.http.JsonBodies;
import dev.likeness.app.web.http.LongPolling;
import dev.likeness.app.web.http.Paths;
import dev.likeness.app.web.http.Preference;
import dev.likeness.app.web.openapi.Changes;
import dev.likeness.app.web.openapi.Deletes;
import dev.likeness.app.web.openapi.DocumentOrder;
import dev.likeness.app.web.openapi.Polled;
import dev.likeness.app.web.openapi.Submits;
import dev.likeness.app.web.problem.ProblemType;
import dev.likeness.app.web.problem.Problems;
import dev.likeness.app.web.task.TaskChange;
import dev.likeness.app.web.task.TaskRequests;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Encoding;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Jobs from submission to deletion. */
@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = DocumentOrder.JOBS)
class JobController {

    private final JobSubmission submission;
    private final Jobs jobs;
    private final JobViews views;
    private final Subjects subjects;
    private final TaskRequests requests;
    private final LongPolling answers;
    private final JsonMapper json;

    JobController(
            JobSubmission submission,
            Jobs jobs,
            JobViews views,
            Subjects subjects,
            TaskRequests requests,
            LongPolling answers,
            JsonMapper json) {
        this.submission = submission;
        this.subjects = subjects;
        this.jobs = jobs;
        this.views = views;
        this.requests = requests;
        this.answers = answers;
        this.json = json;
    }

    @Submits
    @PostMapping(path = Paths.JOBS, consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(
            operationId = "createJob",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                                            schema = @Schema(implementation = JobForm.Described.class),
                                            encoding =
                                                    @Encoding(
                                                            name = "spec",
                                                            contentType = MediaType.APPLICATION_JSON_VALUE))))
    @Problems({
        ProblemType.TOO_LARGE,
        ProblemType.UNSUPPORTED_FORMAT,
        ProblemType.PLAN_DOES_NOT_FIT,
        ProblemType.UNUSABLE_PICTURES,
        ProblemType.QUOTA_EXCEEDED
    })
    DeferredResult<ResponseEntity<JobView>> submit(
            @Parameter(hidden = true) MultipartHttpServletRequest request,
            @RequestHeader(name = Preference.HEADER, required = false) @Nullable String prefer) {
        return accepted(JobForm.read(request, json), prefer);
    }

    /** Not in the document: generated clients cannot choose among kinds of bodies. */
    @Submits
    @PostMapping(path = Paths.JOBS, consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(hidden = true)
    DeferredResult<ResponseEntity<JobView>> submit(
            @org.springframework.web.bind.annotation.RequestBody ObjectNode request,
            @RequestHeader(name = Preference.HEADER, required = false) @Nullable String prefer) {
        return accepted(JobForm.read(request), prefer);
    }

    @Submits
    @PostMapping(path = Paths.SUBJECT_JOBS, consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "createJobForSubject",
            requestBody =
                    @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = JobRequest.Described.class))))
    @Problems({
        ProblemType.TOO_LARGE,
        ProblemType.PLAN_DOES_NOT_FIT,
        ProblemType.UNUSABLE_PICTURES,
        ProblemType.QUOTA_EXCEEDED
    })
    DeferredResult<ResponseEntity<JobView>> submitForSubject(
            @PathVariable UUID id,
            @org.springframework.web.bind.annotation.RequestBody(required = false) @Nullable ObjectNode request,
            @RequestHeader(name = Preference.HEADER, required = false) @Nullable String prefer) {
        subjects.get(id);
        return accepted(submission.submit(JobRequest.read(id, JsonBodies.orEmpty(request))), prefer);
    }

    private DeferredResult<ResponseEntity<JobView>> accepted(JobForm form, @Nullable String prefer) {
        JobRequest subject = form.subject();
        return accepted(subject == null ? submission.submit(form) : submission.submit(subject), prefer);
    }

    private DeferredResult<ResponseEntity<JobView>> accepted(Job job, @Nullable String prefer) {
        JobView view = views.of(job);
        return answers.answer(prefer, job.id(), view.urls().get(), view, () -> views.get(job.id()));
    }

    @GetMapping(Paths.JOB)
    @Operation(operationId = "getJob")
    @Polled
    JobView get(@PathVariable UUID id) {
        return views.get(id);
    }

    @PatchMapping(path = Paths.JOB, consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "updateJob",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = TaskChange.Described.class))))
    @Changes
    JobView change(@PathVariable UUID id, @org.springframework.web.bind.annotation.RequestBody ObjectNode request) {
        return views.of(jobs.change(id, requests.change(request)));
    }

    @PostMapping(Paths.JOB_CANCEL)
    @Operation(operationId = "cancelJob")
    @Problems({ProblemType.NOT_FOUND, ProblemType.WRONG_STATE})
    JobView cancel(@PathVariable UUID id) {
        return views.of(jobs.cancel(id));
    }

    @DeleteMapping(Paths.JOB)
    @Deletes
    @Operation(operationId = "deleteJob")
    void delete(@PathVariable UUID id) {
        jobs.delete(id);
    }
}
