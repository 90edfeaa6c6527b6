package dev.likeness.app.score;

import dev.likeness.app.spec.JobSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Advice on training settings, from the scores of a job's checkpoints.
 *
 * <p>No threshold is a cosine, because the spread of cosines depends on the encoder. OpenAI's CLIP gives any two
 * pictures 0.6 to 0.7. The bundled model's encoder gives images of the untrained model 0.0 to 0.5, and real pictures of
 * one subject 0.53 to 0.75. So likeness is measured as a gain: 0 is the untrained model, 1 the real pictures compared
 * with each other. Losses are measured as a share of the untrained model's value. A value whose interval contains that
 * of the untrained model counts as unchanged.
 */
public final class TrainingAdvice {

    private TrainingAdvice() {}

    /**
     * @param scores of the job
     * @param chosen the checkpoint that is its result; null before the choice
     * @return empty if the scores suggest nothing
     */
    public static List<Advice> of(JobSpec spec, List<Score> scores, @Nullable ChosenCheckpoint chosen) {
        if (chosen == null) {
            return List.of();
        }
        ResultScores result = new ResultScores(spec, new JudgedSteps(scores), chosen);
        LikenessAdvice likeness = new LikenessAdvice(result);
        ClassAdvice ofClass = new ClassAdvice(result);
        MeasurementAdvice measurement = new MeasurementAdvice(result);
        Stream<Advice> onSettings = Stream.of(
                        new PromptAdvice(result).promptsIgnored(),
                        likeness.likeness(),
                        likeness.unfinished(),
                        ofClass.leak(),
                        ofClass.variety(),
                        likeness.earlyPeak(),
                        measurement.uncertainty())
                .flatMap(Optional::stream);
        return Stream.concat(onSettings, measurement.unmeasured().stream()).toList();
    }
}
