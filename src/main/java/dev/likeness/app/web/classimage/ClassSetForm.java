package dev.likeness.app.web.classimage;

import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.upload.Upload;
import dev.likeness.app.web.http.FormParts;
import dev.likeness.app.web.http.JsonPictures;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import tools.jackson.databind.node.ObjectNode;

/**
 * The form for uploading a class set.
 *
 * @param uploads images and captions, or their archive, in the order of the form
 * @param imageUrls URLs of further images, or of their archive
 * @param name to display
 */
record ClassSetForm(List<Upload> uploads, List<String> imageUrls, String name) {

    private static final String NAME = "name";
    private static final Set<String> PARTS = Set.of(FormParts.IMAGES, FormParts.IMAGE_URLS, NAME);
    private static final Pattern PLAIN = Pattern.compile("[^\\p{C}\\p{Zl}\\p{Zp}]{1,100}");

    /** @throws InvalidSpecException if there are unknown parts, or the name is not one */
    static ClassSetForm read(MultipartHttpServletRequest request) {
        FormParts parts = FormParts.of(request, PARTS, FormParts.IMAGES);
        return new ClassSetForm(parts.uploads(), parts.imageUrls(), name(parts.text(NAME)));
    }

    /**
     * The same in JSON, without files.
     *
     * @throws InvalidSpecException if a field is missing, invalid or unknown
     */
    static ClassSetForm read(ObjectNode body) {
        JsonPictures.refuseOthers(body, Set.of(FormParts.IMAGE_URLS, NAME));
        return new ClassSetForm(List.of(), JsonPictures.urls(body), name(JsonPictures.text(body, NAME)));
    }

    private static String name(@Nullable String given) {
        String name = given == null ? "class images" : given.strip();
        if (!PLAIN.matcher(name).matches()) {
            throw new InvalidSpecException(List.of(new Violation(
                    List.of(NAME), "must have 1 to 100 characters, without control characters", "pattern_mismatch")));
        }
        return name;
    }

    /** The form in the OpenAPI document. */
    @Schema(name = "ClassSetForm")
    record Described(
            @ArraySchema(schema = @Schema(type = "string", format = "binary"), maxItems = 2000)
            List<String> images,

            @ArraySchema(schema = @Schema(type = "string", format = "uri"), maxItems = 2000)
            List<String> imageUrls,

            String name) {}
}
