package dev.likeness.app.upload;

import dev.likeness.app.picture.Traits;
import dev.likeness.diffusion.data.RgbImage;

/**
 * A picture that passed every check.
 *
 * @param fileName as the client named it, made printable
 * @param originalFormat {@code jpeg}, {@code png} or {@code webp}
 * @param image upright, sRGB, without metadata
 * @param traits its measurements
 */
public record CheckedPicture(String fileName, String originalFormat, RgbImage image, Traits traits) {}
