package dev.likeness.app.job;

import dev.likeness.app.picture.StoredImage;
import org.jspecify.annotations.Nullable;

/**
 * A generated image. It replaces an image at the same position from an earlier attempt.
 *
 * @param position from 0 within the role, or within the generation
 * @param width in pixels
 * @param height in pixels
 * @param recipe null for a contact sheet
 * @param step training step of the weights that generated it; 0 is the base model
 */
public record NewImage(
        ImageRole role,
        int position,
        StoredImage file,
        int width,
        int height,
        @Nullable ImageRecipe recipe,
        int step) {}
