package dev.likeness.app.web.subject;

import dev.likeness.app.subject.Subject;
import dev.likeness.app.web.http.Links;
import dev.likeness.app.web.http.Paths;
import dev.likeness.app.web.view.CaptionView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

@Schema(name = "Subject")
record SubjectView(
        UUID id,

        String object,

        String classWord,

        InputReportView inputReport,

        List<CaptionView> captions,

        int jobs,

        Instant createdAt,

        SubjectUrlsView urls) {

    /**
     * @param resolution side of a training picture in pixels, as far as known before a job exists
     * @param jobs their number
     */
    static SubjectView of(Subject subject, int resolution, int jobs) {
        return new SubjectView(
                subject.id(),
                "subject",
                subject.classWord(),
                InputReportView.of(subject, subject.classWord(), resolution, null),
                CaptionView.of(subject.captions()),
                jobs,
                subject.createdAt(),
                new SubjectUrlsView(
                        Links.to(Paths.SUBJECT, subject.id()),
                        Links.to(Paths.SUBJECT_CAPTIONS, subject.id()),
                        Links.to(Paths.SUBJECT_JOBS, subject.id())));
    }

    @Schema(name = "SubjectUrls")
    record SubjectUrlsView(URI get, URI captions, URI jobs) {}
}
