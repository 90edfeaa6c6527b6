package dev.likeness.app.score;

import dev.likeness.app.score.Score.Selection;
import dev.likeness.app.spec.KeptWeights;
import dev.likeness.app.spec.ScoringSpec;
import dev.likeness.diffusion.evaluation.Metric;
import dev.likeness.diffusion.wire.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Chooses among the averaged (EMA) and the raw weights of a job's checkpoints: the best step of each, and then the better of these
 * two, as {@link CheckpointChoice} judges. Of equal ones it takes the average, which the job asked for.
 */
public final class AveragedChoice {

    private static final int UNTRAINED = 0;
    private static final int AVERAGED = 1;
    private static final int RAW = 2;

    private final ScoringSpec evaluation;
    private final List<Score> scores;

    /** @param scores of the job, including those of the untrained model; only scores of checkpoints are used */
    public AveragedChoice(ScoringSpec evaluation, List<Score> scores) {
        this.evaluation = evaluation;
        this.scores = List.copyOf(scores);
    }

    /** @param last the last training step */
    public ChosenCheckpoint choose(int last) {
        ChosenCheckpoint averaged = new CheckpointChoice(evaluation, scores).choose(last);
        if (evaluation.keep() == KeptWeights.LAST) {
            return of(averaged, WeightsKind.EMA, "averaged weights (EMA), because keep is last");
        }
        List<Score> ofRaw = new ArrayList<>(at(ImageSet.CHECKPOINT, UNTRAINED, UNTRAINED));
        scores.stream()
                .filter(it -> it.images() == ImageSet.RAW_CHECKPOINT)
                .map(it -> moved(it, it.step()))
                .forEach(ofRaw::add);
        ChosenCheckpoint raw = new CheckpointChoice(evaluation, ofRaw).choose(last);
        Double ofAveraged = value(ImageSet.CHECKPOINT, averaged.step());
        Double value = value(ImageSet.RAW_CHECKPOINT, raw.step());
        if (value == null || ofAveraged == null) {
            return of(averaged, WeightsKind.EMA, "averaged weights (EMA), because both could not be compared");
        }
        List<Score> both = new ArrayList<>(at(ImageSet.CHECKPOINT, UNTRAINED, UNTRAINED));
        both.addAll(at(ImageSet.CHECKPOINT, averaged.step(), AVERAGED));
        both.addAll(at(ImageSet.RAW_CHECKPOINT, raw.step(), RAW));
        boolean takesRaw = new CheckpointChoice(evaluation, both).choose(RAW).step() == RAW;
        String overlap = new JudgedSteps(both).overlap(metric(), AVERAGED, RAW)
                ? "; cannot tell them apart, because the intervals overlap"
                : "";
        return takesRaw
                ? of(
                        raw,
                        WeightsKind.RAW,
                        against("raw weights: the averaged ones (EMA)", averaged.step(), ofAveraged) + overlap)
                : of(
                        averaged,
                        WeightsKind.EMA,
                        against("averaged weights (EMA): the raw ones", raw.step(), value) + overlap);
    }

    /**
     * Scores in which the checkpoints' are those of the chosen weights, so that advice is about these.
     *
     * @param scores of a job
     * @param chosen null before there is a result
     */
    public static List<Score> ofChosen(List<Score> scores, @Nullable ChosenCheckpoint chosen) {
        if (chosen == null || chosen.weights() != WeightsKind.RAW) {
            return scores;
        }
        return scores.stream()
                .filter(it -> it.images() != ImageSet.CHECKPOINT || it.step() == UNTRAINED)
                .map(it -> it.images() == ImageSet.RAW_CHECKPOINT ? moved(it, it.step()) : it)
                .toList();
    }

    private String against(String others, int step, double value) {
        return String.format(
                Locale.ROOT, "%s have a %s of %.3f at their best step, %d", others, metric().wire(), value, step);
    }

    private static ChosenCheckpoint of(ChosenCheckpoint chosen, WeightsKind weights, String why) {
        return new ChosenCheckpoint(chosen.step(), chosen.by(), chosen.reason() + "; " + why, weights);
    }

    private Metric metric() {
        return Wire.named(Metric.class, evaluation.score());
    }

    private @Nullable Double value(ImageSet images, int step) {
        return at(images, step, step).stream()
                .filter(it -> it.metric() == metric() && it.subset() == null)
                .findFirst()
                .map(Score::value)
                .orElse(null);
    }

    /** The scores of a step, as those of a checkpoint at another step. */
    private List<Score> at(ImageSet images, int step, int other) {
        return scores.stream()
                .filter(it -> it.images() == images && it.step() == step)
                .map(it -> moved(it, other))
                .toList();
    }

    private static Score moved(Score score, int step) {
        return new Score(
                new Selection(ImageSet.CHECKPOINT, step, score.subset()),
                score.metric(),
                score.outcome(),
                score.encoder(),
                score.pairing(),
                score.reference());
    }
}
