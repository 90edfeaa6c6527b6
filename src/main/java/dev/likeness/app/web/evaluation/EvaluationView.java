package dev.likeness.app.web.evaluation;

import dev.likeness.app.evaluation.Evaluation;
import dev.likeness.app.evaluation.EvaluationImage;
import dev.likeness.app.evaluation.EvaluationRow;
import dev.likeness.app.evaluation.EvaluationSpec;
import dev.likeness.app.task.Failure;
import dev.likeness.app.web.http.Links;
import dev.likeness.app.web.view.ErrorView;
import dev.likeness.app.web.view.ProgressView;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.SchemaResolution;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Schema(name = "EvaluationRun")
record EvaluationView(
        UUID id,

        String object,

        @Schema(allowableValues = {"queued", "starting", "processing", "succeeded", "failed", "canceled"})
        String status,

        ProgressView progress,

        EvaluationSpec spec,

        List<EvaluationRowView> rows,

        @Schema(nullable = true, schemaResolution = SchemaResolution.INLINE) @Nullable
        ErrorView error,

        Instant createdAt,

        @Schema(nullable = true) @Nullable Instant startedAt,

        @Schema(nullable = true) @Nullable Instant completedAt,

        EvaluationUrlsView urls) {

    /** @param images of all rows */
    static EvaluationView of(Evaluation task, List<EvaluationRow> rows, List<EvaluationImage> images) {
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

    @Schema(name = "EvaluationUrls")
    record EvaluationUrlsView(URI get, URI table, URI cancel) {}
}
