package dev.likeness.app.web.subject;

import dev.likeness.app.subject.Subject;
import dev.likeness.app.web.http.Links;
import dev.likeness.app.web.openapi.Examples;
import dev.likeness.app.web.view.CaptionView;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.SchemaResolution;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

@Schema(name = "Subject", description = "Somebody or something to be learned, as a few pictures.")
record SubjectView(
        @Schema(description = "Id.", example = Examples.SUBJECT)
        UUID id,

        @Schema(description = "Always subject.", example = "subject")
        String object,

        @Schema(description = "What it is.", example = "teapot")
        String classWord,

        @Schema(description = "The pictures as they were understood.", schemaResolution = SchemaResolution.ALL_OF_REF)
        InputReportView inputReport,

        @Schema(description = "What the pictures show, one caption each in their order; empty until there are any.")
        List<CaptionView> captions,

        @Schema(description = "When it was sent.", example = "2026-01-31T11:58:00.123456Z")
        Instant createdAt,

        @Schema(description = "Where to go on from here.", schemaResolution = SchemaResolution.ALL_OF_REF)
        SubjectUrlsView urls) {

    /** @param resolution side of a training picture in pixels, as far as it is known before there is a job */
    static SubjectView of(Subject subject, int resolution) {
        return new SubjectView(
                subject.id(),
                "subject",
                subject.classWord(),
                InputReportView.of(subject, subject.classWord(), resolution),
                CaptionView.of(subject.captions()),
                subject.createdAt(),
                new SubjectUrlsView(Links.subject(subject.id()), Links.captionsOfSubject(subject.id())));
    }

    @Schema(name = "SubjectUrls", description = "Where to go on from a subject.")
    record SubjectUrlsView(
            @Schema(
                    description = "The subject.",
                    example = "http://localhost:8080/v1/subjects/0199f3a0-4c2d-7e5f-8a6b-7c8d9e0f1a2b")
            URI get,

            @Schema(
                    description = "POST to have captions proposed, GET to read them, PUT to edit them.",
                    example = "http://localhost:8080/v1/subjects/0199f3a0-4c2d-7e5f-8a6b-7c8d9e0f1a2b/captions")
            URI captions) {}
}
