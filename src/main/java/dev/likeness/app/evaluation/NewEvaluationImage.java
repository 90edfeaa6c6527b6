package dev.likeness.app.evaluation;

import dev.likeness.app.artifact.StoredFile;
import dev.likeness.app.job.ImageRecipe;
import java.util.UUID;

/**
 * An image of a row, as a worker made it. One that was at the same place before, from an earlier attempt, is replaced.
 *
 * @param jobId whose weights drew it
 * @param row place of the row in the table
 * @param position counts from 0 within the row
 * @param file the PNG
 * @param step training step of the weights
 * @param seconds that it took to draw, of those its batch took
 */
public record NewEvaluationImage(
        UUID jobId, int row, int position, StoredFile file, ImageRecipe recipe, int step, double seconds) {}
