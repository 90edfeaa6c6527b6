package dev.likeness.app.web.subject;

import dev.likeness.app.subject.Finding;
import dev.likeness.app.subject.Subject;
import dev.likeness.app.subject.SubjectPicture;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Schema(name = "InputReport")
public record InputReportView(List<PictureView> pictures, List<FindingView> findings) {

    /**
     * @param classWord what the pictures should show
     * @param resolution side of a training picture in pixels
     */
    public static InputReportView of(Subject subject, String classWord, int resolution) {
        return new InputReportView(
                subject.pictures().stream().map(PictureView::of).toList(),
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

            @Schema(nullable = true) @Nullable Integer faces) {

        public static PictureView of(SubjectPicture picture) {
            return new PictureView(
                    picture.fileName(), picture.originalFormat(), picture.width(), picture.height(), picture.faces());
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
