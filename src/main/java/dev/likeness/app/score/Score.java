package dev.likeness.app.score;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.likeness.diffusion.evaluation.Metric;
import org.jspecify.annotations.Nullable;

/**
 * A score of images. A later score of the same images, metric, step and subset replaces it.
 *
 * @param images which images were scored
 * @param value null if it could not be measured
 * @param reason why it could not; null if it could
 * @param n pairs or images it is the mean of
 * @param interval of the value, or null
 * @param encoder that made the embeddings, for instance {@code likeness/tiny-world/clip}
 * @param pairing which were compared, for instance {@code all generated x real}
 * @param reference the same figure between distinct real pictures, or null
 * @param step training step of the weights; 0 is the base model prompted with the plain class
 * @param subset the prompt whose images alone were scored, or null for all images of the step
 */
public record Score(
        ImageSet images,

        @JsonFormat(with = JsonFormat.Feature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
        Metric metric,

        @Nullable Double value,
        @Nullable String reason,
        int n,
        @Nullable Interval interval,
        String encoder,
        String pairing,
        @Nullable Double reference,
        int step,
        @Nullable String subset) {

    private static final String NONE = "none";

    /** A score without a value. */
    public static Score missing(ImageSet images, Metric metric, String reason, int step) {
        return new Score(images, metric, null, reason, 0, null, NONE, NONE, null, step, null);
    }

    /** Bounds of a value. */
    public record Interval(double low, double high) {}
}
