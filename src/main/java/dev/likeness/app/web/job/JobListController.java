package dev.likeness.app.web.job;

import dev.likeness.app.job.Job;
import dev.likeness.app.job.JobFilter;
import dev.likeness.app.job.Jobs;
import dev.likeness.app.page.KeysetPage;
import dev.likeness.app.spec.MethodName;
import dev.likeness.app.subject.Subjects;
import dev.likeness.app.task.TaskStatus;
import dev.likeness.app.web.http.Cursors;
import dev.likeness.app.web.http.PageLimit;
import dev.likeness.app.web.http.Paths;
import dev.likeness.app.web.openapi.DocumentOrder;
import dev.likeness.app.web.problem.ProblemType;
import dev.likeness.app.web.problem.Problems;
import dev.likeness.app.web.task.LabelFilter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists of jobs, newest first. */
@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = DocumentOrder.JOBS)
class JobListController {

    private final Jobs jobs;
    private final JobFilters filters;
    private final JobViews views;
    private final Subjects subjects;

    JobListController(Jobs jobs, JobFilters filters, JobViews views, Subjects subjects) {
        this.jobs = jobs;
        this.filters = filters;
        this.views = views;
        this.subjects = subjects;
    }

    @GetMapping(Paths.JOBS)
    @Operation(operationId = "listJobs")
    @Problems(ProblemType.INVALID_REQUEST)
    JobPageView list(
            @Parameter(schema = @Schema(implementation = TaskStatus.class)) @RequestParam(required = false) @Nullable
                    String status,
            @RequestParam(required = false) @MethodName @Nullable String method,
            @RequestParam(required = false) @Nullable String model,
            @RequestParam(name = "class_word", required = false) @Nullable String classWord,
            @RequestParam(name = "subject_id", required = false) @Nullable UUID subjectId,
            @RequestParam(name = LabelFilter.PARAMETER, required = false) @Nullable List<String> labels,
            @Parameter(schema = @Schema(type = "integer", minimum = "1", maximum = "100", defaultValue = "20"))
                    @RequestParam(defaultValue = "20")
                    int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        PageLimit.check(limit);
        return page(jobs.page(
                filters.read(status, method, model, classWord, subjectId, labels), Cursors.read(cursor), limit));
    }

    @GetMapping(Paths.SUBJECT_JOBS)
    @Operation(operationId = "listSubjectJobs")
    @Problems({ProblemType.NOT_FOUND, ProblemType.INVALID_REQUEST})
    JobPageView listOfSubject(
            @PathVariable UUID id,
            @RequestParam(name = LabelFilter.PARAMETER, required = false) @Nullable List<String> labels,
            @Parameter(schema = @Schema(type = "integer", minimum = "1", maximum = "100", defaultValue = "20"))
                    @RequestParam(defaultValue = "20")
                    int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        PageLimit.check(limit);
        JobFilter filter = JobFilter.ofSubject(subjects.get(id).id(), LabelFilter.read(labels));
        return page(jobs.page(filter, Cursors.read(cursor), limit));
    }

    private JobPageView page(KeysetPage<Job> page) {
        return new JobPageView(views.of(page.entries()), Cursors.link(page.older()), Cursors.link(page.newer()));
    }
}
