package dev.likeness.app.score;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.likeness.diffusion.evaluation.Metric;
import org.jspecify.annotations.Nullable;

/**
 * A score of images. A later score of the same selection and metric replaces it. Its JSON is flat.
 *
 * @param selection which images were scored
 * @param outcome the value, or the reason why there is no value
 * @param encoder of the embeddings, for instance {@code likeness/tiny-world/clip}
 * @param pairing the compared items, for instance {@code all generated x real}
 * @param reference the same metric between distinct real pictures, or null
 */
public record Score(
        @JsonUnwrapped Selection selection,

        @JsonFormat(with = JsonFormat.Feature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
        Metric metric,

        @JsonUnwrapped Outcome outcome,
        String encoder,
        String pairing,
        @Nullable Double reference) {

    private static final String NONE = "none";

    /**
     * The images that were scored.
     *
     * @param step training step of the weights; 0 is the base model prompted with the plain class
     * @param subset prompt, if only its images were scored; null for all images of the step
     */
    public record Selection(
            ImageSet images, int step, @Nullable String subset) {}

    /**
     * The result of a measurement.
     *
     * @param value null if it could not be measured
     * @param reason why there is no value; null if there is one
     * @param n pairs or images that the value is the mean of
     * @param interval of the value, or null
     */
    public record Outcome(
            @Nullable Double value,
            @Nullable String reason,
            int n,
            @Nullable Interval interval) {

        /** A value. */
        public static Outcome of(double value, int n, @Nullable Interval interval) {
            return new Outcome(value, null, n, interval);
        }
    }

    /** A score without a value. */
    public static Score missing(ImageSet images, Metric metric, String reason, int step) {
        return new Score(
                new Selection(images, step, null), metric, new Outcome(null, reason, 0, null), NONE, NONE, null);
    }

    /** Bounds of a value. */
    public record Interval(double low, double high) {}
}
