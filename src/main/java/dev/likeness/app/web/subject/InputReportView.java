package dev.likeness.app.web.subject;

import dev.likeness.app.subject.Finding;
import dev.likeness.app.subject.Subject;
import dev.likeness.app.subject.SubjectPicture;
import dev.likeness.app.web.http.Links;
import dev.likeness.app.web.http.Paths;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

@Schema(name = "InputReport")
public record InputReportView(List<PictureView> pictures, List<FindingView> findings) {

    /**
     * @param classWord what the pictures should show
     * @param resolution side of a training picture in pixels
     */
    public static InputReportView of(Subject subject, String classWord, int resolution) {
        return new InputReportView(
                IntStream.range(0, subject.pictures().size())
                        .mapToObj(i -> PictureView.of(subject, i))
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

            URI url,

            URI thumbnailUrl) {

        static PictureView of(Subject subject, int position) {
            SubjectPicture picture = subject.pictures().get(position);
            return new PictureView(
                    picture.fileName(),
                    picture.originalFormat(),
                    picture.width(),
                    picture.height(),
                    picture.faces(),
                    Links.picture(Paths.SUBJECT_PICTURE, subject.id(), position),
                    Links.picture(Paths.SUBJECT_THUMBNAIL, subject.id(), position));
        }
    }

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
