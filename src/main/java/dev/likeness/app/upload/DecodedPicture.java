package dev.likeness.app.upload;

import dev.likeness.diffusion.data.RgbImage;

/**
 * A picture that passed every check and is not measured.
 *
 * @param index of the upload, from 0
 * @param fileName as the client named it, made printable
 * @param originalFormat {@code jpeg}, {@code png} or {@code webp}
 * @param image upright, sRGB, without metadata
 */
public record DecodedPicture(int index, String fileName, String originalFormat, RgbImage image) {}
