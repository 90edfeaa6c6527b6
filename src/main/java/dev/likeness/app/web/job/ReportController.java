package dev.likeness.app.web.job;

import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.job.ArtifactFormat;
import dev.likeness.app.job.ArtifactKind;
import dev.likeness.app.job.JobArtifact;
import dev.likeness.app.job.JobArtifacts;
import dev.likeness.app.job.Jobs;
import dev.likeness.app.refusal.Violation;
import dev.likeness.app.report.ReportPolicy;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.task.UnknownIdException;
import dev.likeness.app.task.UnknownIdException.Kind;
import dev.likeness.app.web.http.FileAnswers;
import dev.likeness.app.web.http.Paths;
import dev.likeness.app.web.openapi.DocumentOrder;
import dev.likeness.app.web.problem.ProblemType;
import dev.likeness.app.web.problem.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.AdditionalPropertiesValue;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The report of a job. */
@RestController
@Tag(name = DocumentOrder.RESULTS)
class ReportController {

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private final Jobs jobs;
    private final JobArtifacts jobArtifacts;
    private final ArtifactStore store;

    ReportController(Jobs jobs, JobArtifacts jobArtifacts, ArtifactStore store) {
        this.jobs = jobs;
        this.jobArtifacts = jobArtifacts;
        this.store = store;
    }

    @GetMapping(
            path = Paths.JOB_REPORT,
            produces = {MediaType.TEXT_HTML_VALUE, MediaType.APPLICATION_JSON_VALUE})
    @Operation(operationId = "getJobReport")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_HTML_VALUE,
                            schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(responseCode = "304", content = @Content)
    @Problems({ProblemType.NOT_FOUND, ProblemType.INVALID_REQUEST, ProblemType.STORAGE})
    ResponseEntity<Resource> report(
            @PathVariable UUID id, @Parameter(hidden = true) @RequestParam(defaultValue = "html") String format) {
        return switch (format) {
            case "html" -> page(newest(id, ArtifactFormat.HTML));
            case "json" -> figures(id);
            default ->
                throw new InvalidSpecException(
                        List.of(new Violation(List.of("format"), "must be html or json", "value_error", Map.of())));
        };
    }

    @GetMapping(path = Paths.JOB_REPORT + "/figures", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getJobReportFigures")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(type = "object", additionalProperties = AdditionalPropertiesValue.TRUE)))
    @ApiResponse(responseCode = "304", content = @Content)
    @Problems({ProblemType.NOT_FOUND, ProblemType.STORAGE})
    ResponseEntity<Resource> figures(@PathVariable UUID id) {
        JobArtifact report = newest(id, ArtifactFormat.JSON);
        return served(report)
                .contentType(MediaType.APPLICATION_JSON)
                .body(store.resource(report.file().sha256()));
    }

    private JobArtifact newest(UUID id, ArtifactFormat format) {
        return jobArtifacts.ofJob(jobs.get(id).id()).stream()
                .filter(it -> it.kind() == ArtifactKind.REPORT && it.format() == format)
                .findFirst()
                .orElseThrow(() -> new UnknownIdException(Kind.REPORT, id));
    }

    private ResponseEntity<Resource> page(JobArtifact report) {
        Path file = store.local(report.file().sha256());
        return served(report)
                .contentType(HTML)
                .header("Content-Security-Policy", ReportPolicy.of(file))
                .header("Referrer-Policy", "no-referrer")
                .body(new FileSystemResource(file));
    }

    /** A newer report may exist at any time. */
    private static ResponseEntity.BodyBuilder served(JobArtifact report) {
        return FileAnswers.tagged(report.file().sha256())
                .cacheControl(CacheControl.noCache().cachePrivate())
                .header("X-Content-Type-Options", "nosniff");
    }
}
