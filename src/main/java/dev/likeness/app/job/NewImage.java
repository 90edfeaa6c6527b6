package dev.likeness.app.job;

import dev.likeness.app.artifact.StoredFile;
import org.jspecify.annotations.Nullable;

/**
 * An image a worker made. One that was at the same place before, from an earlier attempt, is replaced.
 *
 * @param position counts from 0 within the role, or within the generation
 * @param file the PNG
 * @param width pixels
 * @param height pixels
 * @param recipe null for a contact sheet
 * @param step training step of the weights that generated it; 0 is the base model
 */
public record NewImage(
        ImageRole role,
        int position,
        StoredFile file,
        int width,
        int height,
        @Nullable ImageRecipe recipe,
        int step) {}
