package dev.likeness.app.web.caption;

import dev.likeness.app.caption.CaptionRun;
import dev.likeness.app.caption.CaptionSpec;
import dev.likeness.app.task.Failure;
import dev.likeness.app.web.http.Links;
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

@Schema(name = "Captions")
record CaptionTaskView(
        UUID id,

        String object,

        UUID subjectId,

        @Schema(allowableValues = {"queued", "starting", "processing", "succeeded", "failed", "canceled"})
        String status,

        ProgressView progress,

        CaptionSpec spec,

        List<CaptionView> captions,

        @Schema(nullable = true, schemaResolution = SchemaResolution.INLINE) @Nullable
        ErrorView error,

        Instant createdAt,

        @Schema(nullable = true) @Nullable Instant startedAt,

        @Schema(nullable = true) @Nullable Instant completedAt,

        CaptionUrlsView urls) {

    static CaptionTaskView of(CaptionRun task) {
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

    @Schema(name = "CaptionsUrls")
    record CaptionUrlsView(URI get, URI cancel, URI subject) {}
}
