package dev.likeness.app.web.subject;

import dev.likeness.app.subject.Finding;
import dev.likeness.app.subject.Subject;
import dev.likeness.app.subject.SubjectPicture;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Schema(name = "InputReport", description = "The subject's pictures as they were understood.")
public record InputReportView(
        @Schema(description = "The pictures, in the order of the upload.")
        List<PictureView> pictures,

        @Schema(description = "What training will notice of them; empty if there is nothing to say.")
        List<FindingView> findings) {

    /**
     * @param classWord what the pictures are to show
     * @param resolution side of a training picture in pixels
     */
    public static InputReportView of(Subject subject, String classWord, int resolution) {
        return new InputReportView(
                subject.pictures().stream().map(PictureView::of).toList(),
                subject.findings(classWord, resolution).stream()
                        .map(FindingView::of)
                        .toList());
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
            int height,

            @Schema(
                    description = "Faces that were found in it; null if nobody looked, as only those of people are.",
                    example = "1",
                    nullable = true)
            @Nullable
            Integer faces) {

        public static PictureView of(SubjectPicture picture) {
            return new PictureView(
                    picture.fileName(), picture.originalFormat(), picture.width(), picture.height(), picture.faces());
        }
    }

    @Schema(name = "Finding", description = "Something about a subject's pictures that its training will notice.")
    record FindingView(
            @Schema(
                    description = "What it is about. turned: EXIF data said how to turn it upright; near_duplicates:"
                            + " nearly the same picture several times; blurred: without a sharp edge; same_background:"
                            + " most have the same colours along their edges; close_ups: the subject seems to fill"
                            + " them; upscaled: fewer pixels than the model is trained at. Only of people: no_face,"
                            + " several_faces, and face_close_ups, where a face fills most pictures. There may be"
                            + " others in time.",
                    example = "near_duplicates")
            String code,

            @Schema(
                    description = "info: good to know; warning: the result will be worse than it need be. Neither keeps"
                            + " a job from running: pictures that would are refused.",
                    example = "warning",
                    allowableValues = {"info", "warning"})
            String severity,

            @Schema(
                    description = "The pictures it is about, by their positions in the list, from 0.",
                    example = "[0, 2]")
            List<Integer> pictures,

            @Schema(
                    description = "What was seen, why it matters, and what to do about it.",
                    example = "1.png and 3.png are nearly the same picture. Their common content counts several times,"
                            + " so the model would repeat that picture instead of learning the subject. Keep one, and"
                            + " send others with another angle, place or light.")
            String message,

            @Schema(
                    description = "What led to it, by name, and the threshold it was held against.",
                    example = "{\"hash_distance\": 3, \"threshold\": 8}")
            Map<String, Number> figures) {

        private static FindingView of(Finding finding) {
            return new FindingView(
                    finding.code(),
                    finding.severity().wire(),
                    finding.pictures(),
                    finding.message(),
                    finding.figures());
        }
    }
}
