package dev.likeness.app.web.subject;

import dev.likeness.app.job.InvalidSpecException;
import dev.likeness.app.subject.Upload;
import dev.likeness.app.web.http.FormParts;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/**
 * The form a subject is sent with.
 *
 * @param uploads the pictures, in the order of the form
 * @param classWord as it was sent, or null
 */
record SubjectForm(List<Upload> uploads, @Nullable String classWord) {

    private static final Set<String> PARTS = Set.of(FormParts.IMAGES, FormParts.CLASS_WORD);

    /** @throws InvalidSpecException if there are parts that do not belong there */
    static SubjectForm read(MultipartHttpServletRequest request) {
        FormParts parts = FormParts.of(request, PARTS, FormParts.IMAGES);
        return new SubjectForm(parts.uploads(), parts.text(FormParts.CLASS_WORD));
    }

    /** The form as it stands in the OpenAPI document. */
    @Schema(
            name = "SubjectForm",
            description = "A subject's pictures, and what it is.",
            requiredProperties = {FormParts.IMAGES, FormParts.CLASS_WORD})
    record Described(
            @ArraySchema(
                    arraySchema = @Schema(description = "Three to six pictures of the subject: JPEG, PNG or WebP."),
                    schema = @Schema(type = "string", format = "binary", example = "1.png"),
                    minItems = 3,
                    maxItems = 6)
            List<String> images,

            @Schema(description = "What the subject is, in one word.", example = "teapot")
            String classWord) {}
}
