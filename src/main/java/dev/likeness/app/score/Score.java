package dev.likeness.app.score;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.likeness.diffusion.evaluation.ColourShift;
import dev.likeness.diffusion.evaluation.Metric;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embedded;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
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
        @Embedded @JsonUnwrapped Selection selection,

        @Convert(converter = MetricColumn.class) @JsonFormat(with = JsonFormat.Feature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
        Metric metric,

        @Embedded @JsonUnwrapped Outcome outcome,
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
            @Column(name = "image_set") @Enumerated(EnumType.STRING)
            ImageSet images,

            int step,
            @Nullable String subset) {}

    /**
     * The result of a measurement.
     *
     * @param value null if it could not be measured
     * @param reason why there is no value; null if there is one
     * @param n pairs or images that the value is the mean of
     * @param interval of the value, or null
     * @param colours of the images and of the real pictures; null if the metric compares no colours
     */
    public record Outcome(
            @Nullable Double value,
            @Nullable String reason,
            int n,
            @Embedded @Nullable Interval interval,

            @JdbcTypeCode(SqlTypes.JSON) @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            ColourShift colours) {

        /** A value. */
        public static Outcome of(double value, int n, @Nullable Interval interval) {
            return new Outcome(value, null, n, interval, null);
        }
    }

    public ImageSet images() {
        return selection.images();
    }

    public int step() {
        return selection.step();
    }

    /** The prompt, if only its images were scored; null for all images of the step. */
    public @Nullable String subset() {
        return selection.subset();
    }

    public @Nullable Double value() {
        return outcome.value();
    }

    /** Why there is no value; null if there is one. */
    public @Nullable String reason() {
        return outcome.reason();
    }

    public int n() {
        return outcome.n();
    }

    public @Nullable Interval interval() {
        return outcome.interval();
    }

    /** Colours of the images and of the real pictures; null if the metric compares no colours. */
    public @Nullable ColourShift colours() {
        return outcome.colours();
    }

    /** A score without a value. */
    public static Score missing(ImageSet images, Metric metric, String reason, int step) {
        return new Score(
                new Selection(images, step, null), metric, new Outcome(null, reason, 0, null, null), NONE, NONE, null);
    }

    /** Bounds of a value. */
    public record Interval(
            @Column(name = "interval_low") double low,
            @Column(name = "interval_high") double high) {}
}
