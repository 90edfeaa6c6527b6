package dev.likeness.app.upload;

import dev.likeness.app.picture.Traits;
import dev.likeness.diffusion.data.RgbImage;
import org.jspecify.annotations.Nullable;

/**
 * A picture that passed every check.
 *
 * @param fileName as the client named it, made printable
 * @param originalFormat {@code jpeg}, {@code png} or {@code webp}
 * @param image upright, sRGB, without metadata
 * @param traits its measurements
 * @param mask gray, of the image's size, white where the subject is; null without one
 */
public record CheckedPicture(
        String fileName,
        String originalFormat,
        RgbImage image,
        Traits traits,
        @Nullable RgbImage mask) {

    /** A picture without a mask. */
    public CheckedPicture(String fileName, String originalFormat, RgbImage image, Traits traits) {
        this(fileName, originalFormat, image, traits, null);
    }
}
