package dev.likeness.app.web.subject;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.likeness.app.subject.Finding;
import dev.likeness.app.subject.Subject;
import dev.likeness.app.subject.SubjectMask;
import dev.likeness.app.subject.SubjectPicture;
import dev.likeness.app.web.http.Links;
import dev.likeness.app.web.http.Paths;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

@Schema(name = "InputReport")
public record InputReportView(List<PictureView> pictures, List<FindingView> findings) {

    /**
     * @param classWord what the pictures should show
     * @param resolution side of a training picture in pixels
     * @param job whose training sees the pictures; null without one
     */
    public static InputReportView of(Subject subject, String classWord, int resolution, @Nullable UUID job) {
        return new InputReportView(
                IntStream.range(0, subject.pictures().size())
                        .mapToObj(i -> PictureView.of(subject, i, job))
                        .toList(),
                subject.findings(classWord, resolution).stream()
                        .map(FindingView::of)
                        .toList());
    }

    @Schema(name = "InputPicture")
    record PictureView(
            String fileName,

            String format,

            int width,

            int height,

            @Schema(nullable = true) @Nullable Integer faces,

            @Schema(nullable = true) @Nullable Double maskedShare,

            @JsonUnwrapped PictureUrlsView urls) {

        static PictureView of(Subject subject, int position, @Nullable UUID job) {
            SubjectPicture picture = subject.pictures().get(position);
            SubjectMask mask = picture.mask();
            return new PictureView(
                    picture.fileName(),
                    picture.originalFormat(),
                    picture.width(),
                    picture.height(),
                    picture.faces(),
                    mask == null ? null : mask.share(),
                    new PictureUrlsView(
                            Links.picture(Paths.SUBJECT_PICTURE, subject.id(), position),
                            Links.picture(Paths.SUBJECT_THUMBNAIL, subject.id(), position),
                            mask == null ? null : Links.picture(Paths.SUBJECT_MASK, subject.id(), position),
                            job == null ? null : Links.picture(Paths.JOB_PICTURE, job, position)));
        }
    }

    record PictureUrlsView(
            URI url,

            URI thumbnailUrl,

            @Schema(nullable = true) @Nullable URI maskUrl,

            @Schema(nullable = true) @Nullable URI trainingUrl) {}

    @Schema(name = "Finding")
    record FindingView(
            String code,

            Finding.Severity severity,

            List<Integer> pictures,

            String message,

            Map<String, Number> figures) {

        private static FindingView of(Finding finding) {
            return new FindingView(
                    finding.code(), finding.severity(), finding.pictures(), finding.message(), finding.figures());
        }
    }
}
