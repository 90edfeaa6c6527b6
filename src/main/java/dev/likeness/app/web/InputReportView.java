package dev.likeness.app.web;

import dev.likeness.app.subject.Subject;
import dev.likeness.app.subject.SubjectPicture;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

@Schema(name = "InputReport", description = "The subject's pictures as they were understood.")
record InputReportView(
        @Schema(description = "The pictures, in the order of the upload.")
        List<PictureView> pictures) {

    static InputReportView of(Subject subject) {
        return new InputReportView(
                subject.pictures().stream().map(PictureView::of).toList());
    }

    @Schema(name = "InputPicture", description = "A picture of the subject, upright.")
    record PictureView(
            @Schema(description = "Name of the uploaded file.", example = "1.png")
            String fileName,

            @Schema(description = "Format of the uploaded file.", example = "png")
            String format,

            @Schema(description = "Pixels.", example = "256")
            int width,

            @Schema(description = "Pixels.", example = "256")
            int height) {

        static PictureView of(SubjectPicture picture) {
            return new PictureView(picture.fileName(), picture.originalFormat(), picture.width(), picture.height());
        }
    }
}
