package dev.likeness.app.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.likeness.app.job.ImageRecipe;
import dev.likeness.app.score.Advice;
import dev.likeness.app.score.ChosenCheckpoint;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.subject.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job from its pictures to its results. This is what stands in the JSON; the page shows the same.
 *
 * @param object always {@code report}
 * @param settings the fully resolved spec
 * @param checkpoint whose weights are the result
 * @param scores of the checkpoints, one curve a metric
 * @param resultScores of the images that were asked for, by metric, those of all prompts first
 * @param sheets what every checkpoint drew of the same prompts, from the same seeds
 * @param phaseSeconds spent in each phase that was over when the report was made
 * @param log lines for people
 */
public record JobReport(
        String object,
        UUID jobId,
        Instant createdAt,
        Inputs inputs,
        JobSpec settings,
        ChosenCheckpoint checkpoint,
        List<Advice> advice,
        LossCurve training,
        List<ScoreCurve> scores,
        List<ResultScore> resultScores,
        List<Sheet> sheets,
        Results results,
        Map<String, Double> phaseSeconds,
        List<String> log) {

    /** The former name of {@link #advice}, for readers of earlier releases. */
    @JsonProperty
    List<Advice> guidance() {
        return advice;
    }

    /**
     * What the job was given.
     *
     * @param word what stands for the subject in prompts
     * @param instancePrompt what pictures without a caption were trained with
     * @param findings what was to be said of the pictures before training
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
     * @param caption it was trained with; null where the instance prompt was used
     * @param captionOrigin who wrote that
     */
    public record Picture(
            String fileName,
            String format,
            int width,
            int height,
            String file,
            @Nullable String caption,
            @Nullable String captionOrigin) {}

    /** @param subset the prompt whose images alone were scored; null for all of them */
    public record ResultScore(
            String metric,
            @Nullable String subset,
            @Nullable Double value,
            @Nullable String reason,
            @Nullable Double low,
            @Nullable Double high,
            @Nullable Double reference,
            int n) {}

    /** @param leftOut how many more there are */
    public record Results(List<ResultGroup> groups, int leftOut) {}

    /** Images of one prompt. */
    public record ResultGroup(String prompt, List<ResultImage> images) {}

    /**
     * An image that was asked for.
     *
     * @param id at {@code GET /v1/images/{id}}
     * @param file SHA-256
     */
    public record ResultImage(UUID id, String file, ImageRecipe recipe) {}
}
