package dev.likeness.app.evaluation;

import dev.likeness.app.artifact.StoredFile;
import dev.likeness.app.job.ImageRecipe;
import java.util.UUID;

/**
 * A generated image of a row. It replaces an image at the same position from an earlier attempt.
 *
 * @param jobId of the weights
 * @param row position of the row in the table
 * @param position counts from 0 within the row
 * @param file the PNG
 * @param step training step of the weights
 * @param seconds its share of the time for its batch
 */
public record NewEvaluationImage(
        UUID jobId, int row, int position, StoredFile file, ImageRecipe recipe, int step, double seconds) {}
