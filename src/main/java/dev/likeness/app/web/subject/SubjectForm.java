package dev.likeness.app.web.subject;

import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.upload.Upload;
import dev.likeness.app.web.http.FormParts;
import dev.likeness.app.web.http.JsonPictures;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import tools.jackson.databind.node.ObjectNode;

/**
 * The form for uploading a subject.
 *
 * @param uploads the pictures, or their archive, in the order of the form
 * @param imageUrls URLs of further pictures, or of their archive
 * @param masks of the pictures, in the order of the form
 * @param classWord as sent, or null
 */
record SubjectForm(
        List<Upload> uploads,
        List<String> imageUrls,
        List<Upload> masks,
        @Nullable String classWord) {

    private static final Set<String> PARTS =
            Set.of(FormParts.IMAGES, FormParts.IMAGE_URLS, FormParts.MASKS, FormParts.CLASS_WORD);

    /** @throws InvalidSpecException if there are unknown parts */
    static SubjectForm read(MultipartHttpServletRequest request) {
        FormParts parts = FormParts.of(request, PARTS, FormParts.IMAGES, FormParts.MASKS);
        return new SubjectForm(parts.uploads(), parts.imageUrls(), parts.masks(), parts.text(FormParts.CLASS_WORD));
    }

    /**
     * The same in JSON, without files.
     *
     * @throws InvalidSpecException if a field is missing, invalid or unknown
     */
    static SubjectForm read(ObjectNode body) {
        JsonPictures.refuseOthers(body, Set.of(FormParts.IMAGE_URLS, FormParts.CLASS_WORD));
        return new SubjectForm(
                List.of(), JsonPictures.urls(body), List.of(), JsonPictures.text(body, FormParts.CLASS_WORD));
    }

    /** The form in the OpenAPI document. */
    @Schema(
            name = "SubjectForm",
            requiredProperties = {FormParts.CLASS_WORD})
    record Described(
            @ArraySchema(schema = @Schema(type = "string", format = "binary"), maxItems = 12)
            List<String> images,

            @ArraySchema(schema = @Schema(type = "string", format = "uri"), maxItems = 12)
            List<String> imageUrls,

            @ArraySchema(schema = @Schema(type = "string", format = "binary"))
            List<String> masks,

            String classWord) {}
}
