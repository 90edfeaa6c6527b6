package dev.likeness.app.picture;

import dev.likeness.app.artifact.StoredFile;
import org.jspecify.annotations.Nullable;

/**
 * The file of a generated image.
 *
 * @param exact PNG of the exact pixels, if the file is lossy
 */
public record StoredImage(
        PictureFormat format, StoredFile file, @Nullable StoredFile exact) {

    public static StoredImage png(StoredFile file) {
        return new StoredImage(PictureFormat.PNG, file, null);
    }
}
