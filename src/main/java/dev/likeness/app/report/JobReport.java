package dev.likeness.app.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.likeness.app.job.ImageRecipe;
import dev.likeness.app.score.Advice;
import dev.likeness.app.score.ChosenCheckpoint;
import dev.likeness.app.score.Score;
import dev.likeness.app.score.Score.Interval;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.subject.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job from its pictures to its results: the content of the JSON report, which is flat. The page shows the same.
 *
 * @param object always {@code report}
 * @param settings the fully resolved spec
 */
public record JobReport(
        String object,
        UUID jobId,
        Instant createdAt,
        Inputs inputs,
        JobSpec settings,
        @JsonUnwrapped Outcome outcome,
        @JsonUnwrapped Course course) {

    /**
     * The result of the job.
     *
     * @param checkpoint the one that is the result
     * @param scores of the checkpoints, one curve per metric
     * @param resultScores of the requested images, by metric, the scores over all prompts first
     * @param sheets images of every checkpoint for the same prompts and seeds
     */
    public record Outcome(
            ChosenCheckpoint checkpoint,
            List<Advice> advice,
            List<ScoreCurve> scores,
            List<ResultScore> resultScores,
            List<Sheet> sheets,
            Results results) {

        /** The former name of {@link #advice}, for readers of earlier releases. */
        @JsonProperty
        List<Advice> guidance() {
            return advice;
        }
    }

    /**
     * The course of the job.
     *
     * @param phaseSeconds duration of each phase that had ended before the report
     * @param log lines of the job's log
     */
    public record Course(LossCurve training, Map<String, Double> phaseSeconds, List<String> log) {}

    /**
     * The input of the job.
     *
     * @param word that stands for the subject in prompts
     * @param instancePrompt the prompt of pictures without a caption
     * @param findings about the pictures before training
     */
    public record Inputs(
            String classWord,
            String identifier,
            String word,
            String model,
            String instancePrompt,
            List<Picture> pictures,
            List<Finding> findings) {}

    /**
     * A picture of the subject.
     *
     * @param file SHA-256 of the upright picture
     * @param caption in training; null if the instance prompt was used
     * @param captionOrigin source of the caption
     */
    public record Picture(
            String fileName,
            String format,
            int width,
            int height,
            String file,
            @Nullable String caption,
            @Nullable String captionOrigin) {}

    /** @param subset the prompt of the scored images; null for all images */
    public record ResultScore(
            String metric,
            @Nullable String subset,
            @Nullable Double value,
            @Nullable String reason,
            @Nullable Double low,
            @Nullable Double high,
            @Nullable Double reference,
            int n) {

        static ResultScore of(Score score) {
            Interval interval = score.interval();
            return new ResultScore(
                    score.metric().wire(),
                    score.subset(),
                    score.value(),
                    score.reason(),
                    interval == null ? null : interval.low(),
                    interval == null ? null : interval.high(),
                    score.reference(),
                    score.n());
        }
    }

    /** @param leftOut number of omitted images */
    public record Results(List<ResultGroup> groups, int leftOut) {}

    /** Images of one prompt. */
    public record ResultGroup(String prompt, List<ResultImage> images) {}

    /**
     * A requested image.
     *
     * @param id at {@code GET /v1/images/{id}}
     * @param file SHA-256
     */
    public record ResultImage(UUID id, String file, ImageRecipe recipe) {}
}
