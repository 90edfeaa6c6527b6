package dev.likeness.app.job;

import dev.likeness.app.picture.PictureFormat;

/**
 * The file of a generated image.
 *
 * @param sha256 of its content
 */
public record ImageFile(String sha256, PictureFormat format) {}
