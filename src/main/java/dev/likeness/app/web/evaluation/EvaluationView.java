package dev.likeness.app.web.evaluation;

import dev.likeness.app.job.EvaluationImage;
import dev.likeness.app.job.EvaluationRow;
import dev.likeness.app.job.EvaluationSpec;
import dev.likeness.app.job.EvaluationTask;
import dev.likeness.app.job.Failure;
import dev.likeness.app.web.http.Links;
import dev.likeness.app.web.openapi.Examples;
import dev.likeness.app.web.view.ErrorView;
import dev.likeness.app.web.view.ProgressView;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.SchemaResolution;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Schema(name = "EvaluationRun", description = "A table of scores over finished jobs.")
record EvaluationView(
        @Schema(description = "Id.", example = Examples.EVALUATION)
        UUID id,

        @Schema(description = "Always evaluation.", example = "evaluation")
        String object,

        @Schema(
                description = "Where it stands. succeeded, failed and canceled are final.",
                example = "succeeded",
                allowableValues = {"queued", "starting", "processing", "succeeded", "failed", "canceled"})
        String status,

        @Schema(description = "How far it is, in images.", schemaResolution = SchemaResolution.ALL_OF_REF)
        ProgressView progress,

        @Schema(description = "Everything it is run with.", schemaResolution = SchemaResolution.ALL_OF_REF)
        EvaluationSpec spec,

        @Schema(description = "The rows that are finished: by job, by sampler, by steps, each in the request's order.")
        List<EvaluationRowView> rows,

        @Schema(
                description = "Why it failed; null unless it did.",
                nullable = true,
                schemaResolution = SchemaResolution.INLINE)
        @Nullable
        ErrorView error,

        @Schema(description = "When it was submitted.", example = "2026-01-31T12:20:00.123456Z")
        Instant createdAt,

        @Schema(description = "When a worker first had it.", example = "2026-01-31T12:20:01.123456Z", nullable = true)
        @Nullable
        Instant startedAt,

        @Schema(description = "When it became final.", example = "2026-01-31T12:24:04.123456Z", nullable = true)
        @Nullable
        Instant completedAt,

        @Schema(description = "Where to go on from here.", schemaResolution = SchemaResolution.ALL_OF_REF)
        EvaluationUrlsView urls) {

    /** @param images of all rows */
    static EvaluationView of(EvaluationTask task, List<EvaluationRow> rows, List<EvaluationImage> images) {
        Failure error = task.error();
        return new EvaluationView(
                task.id(),
                "evaluation",
                task.status().wire(),
                ProgressView.of(task),
                task.spec(),
                rows.stream().map(row -> EvaluationRowView.of(row, images)).toList(),
                error == null ? null : ErrorView.of(error),
                task.createdAt(),
                task.startedAt(),
                task.completedAt(),
                new EvaluationUrlsView(
                        Links.evaluation(task.id()),
                        Links.evaluationTable(task.id()),
                        Links.cancelEvaluation(task.id())));
    }

    @Schema(name = "EvaluationUrls", description = "Where to go on from an evaluation.")
    record EvaluationUrlsView(
            @Schema(
                    description = "The evaluation.",
                    example = "http://localhost:8080/v1/evaluations/0199f3c8-3c4d-7e5f-9a6b-7c8d9e0f1a2b")
            URI get,

            @Schema(
                    description = "Its rows as a table in Markdown.",
                    example = "http://localhost:8080/v1/evaluations/0199f3c8-3c4d-7e5f-9a6b-7c8d9e0f1a2b/table")
            URI table,

            @Schema(
                    description = "Cancels it.",
                    example = "http://localhost:8080/v1/evaluations/0199f3c8-3c4d-7e5f-9a6b-7c8d9e0f1a2b/cancel")
            URI cancel) {}
}
