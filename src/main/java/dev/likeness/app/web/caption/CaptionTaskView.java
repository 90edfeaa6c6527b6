package dev.likeness.app.web.caption;

import dev.likeness.app.job.CaptionSpec;
import dev.likeness.app.job.CaptionTask;
import dev.likeness.app.job.Failure;
import dev.likeness.app.web.http.Links;
import dev.likeness.app.web.openapi.Examples;
import dev.likeness.app.web.view.CaptionView;
import dev.likeness.app.web.view.ErrorView;
import dev.likeness.app.web.view.ProgressView;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.SchemaResolution;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Schema(name = "Captions", description = "Captions that were asked for.")
record CaptionTaskView(
        @Schema(description = "Id.", example = Examples.CAPTIONS)
        UUID id,

        @Schema(description = "Always captions.", example = "captions")
        String object,

        @Schema(description = "Id of the subject whose pictures are described.", example = Examples.SUBJECT)
        UUID subjectId,

        @Schema(
                description = "Where it stands. succeeded, failed and canceled are final.",
                example = "succeeded",
                allowableValues = {"queued", "starting", "processing", "succeeded", "failed", "canceled"})
        String status,

        @Schema(description = "How far it is, in pictures.", schemaResolution = SchemaResolution.ALL_OF_REF)
        ProgressView progress,

        @Schema(description = "Everything it is run with.", schemaResolution = SchemaResolution.ALL_OF_REF)
        CaptionSpec spec,

        @Schema(description = "What was proposed, one caption a picture in their order; empty until it has succeeded.")
        List<CaptionView> captions,

        @Schema(
                description = "Why it failed; null unless it did.",
                nullable = true,
                schemaResolution = SchemaResolution.INLINE)
        @Nullable
        ErrorView error,

        @Schema(description = "When it was submitted.", example = "2026-01-31T11:59:00.123456Z")
        Instant createdAt,

        @Schema(description = "When a worker first had it.", example = "2026-01-31T11:59:01.123456Z", nullable = true)
        @Nullable
        Instant startedAt,

        @Schema(description = "When it became final.", example = "2026-01-31T11:59:04.123456Z", nullable = true)
        @Nullable
        Instant completedAt,

        @Schema(description = "Where to go on from here.", schemaResolution = SchemaResolution.ALL_OF_REF)
        CaptionUrlsView urls) {

    static CaptionTaskView of(CaptionTask task) {
        Failure error = task.error();
        return new CaptionTaskView(
                task.id(),
                "captions",
                task.subjectId(),
                task.status().wire(),
                ProgressView.of(task),
                task.spec(),
                CaptionView.of(task.captions()),
                error == null ? null : ErrorView.of(error),
                task.createdAt(),
                task.startedAt(),
                task.completedAt(),
                new CaptionUrlsView(
                        Links.captions(task.id()), Links.cancelCaptions(task.id()), Links.subject(task.subjectId())));
    }

    @Schema(name = "CaptionsUrls", description = "Where to go on from captions.")
    record CaptionUrlsView(
            @Schema(
                    description = "This.",
                    example = "http://localhost:8080/v1/captions/0199f3a1-2b3c-7d4e-9f5a-6b7c8d9e0f1a")
            URI get,

            @Schema(
                    description = "Cancels it.",
                    example = "http://localhost:8080/v1/captions/0199f3a1-2b3c-7d4e-9f5a-6b7c8d9e0f1a/cancel")
            URI cancel,

            @Schema(
                    description = "The subject.",
                    example = "http://localhost:8080/v1/subjects/0199f3a0-4c2d-7e5f-8a6b-7c8d9e0f1a2b")
            URI subject) {}
}
