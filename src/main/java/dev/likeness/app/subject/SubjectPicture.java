package dev.likeness.app.subject;

import dev.likeness.app.picture.Thumbnail;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A picture of a subject as training uses it.
 *
 * @param fileName as the client named it, made printable
 * @param fileSha256 the upright sRGB PNG in the artifact store
 * @param width pixels
 * @param height pixels
 * @param originalFormat {@code jpeg}, {@code png} or {@code webp}
 * @param faces how many were found; null if the detector did not run
 * @param thumbnailSha256 its {@link Thumbnail} in the artifact store; null for a picture of an earlier release
 * @param mask null without one
 */
@Embeddable
public record SubjectPicture(
        String fileName,
        String fileSha256,
        int width,
        int height,
        String originalFormat,
        @Nullable Integer faces,
        @Nullable String thumbnailSha256,
        @Embedded @Nullable SubjectMask mask) {

    /** All its files in the artifact store. */
    List<String> files() {
        return mask == null ? List.of(fileSha256, thumbnail()) : List.of(fileSha256, thumbnail(), mask.fileSha256());
    }

    /** The file to show in lists: the thumbnail, or the picture itself. */
    public String thumbnail() {
        return thumbnailSha256 == null ? fileSha256 : thumbnailSha256;
    }
}
