package dev.likeness.app.score;

import dev.likeness.app.score.Verdict.Basis;
import dev.likeness.app.score.Verdict.Word;
import dev.likeness.diffusion.evaluation.Metric;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/**
 * The verdicts on the scores of a job's checkpoints, and the only thresholds for them. Advice follows from the verdicts.
 *
 * <p>Thresholds are shares and not cosines, because encoders spread differently: see {@link TrainingAdvice}.
 */
public final class Verdicts {

    /** Likeness gain that counts as complete: other seeds make a larger difference than what is missing. */
    static final double SAME = 0.9;

    /** Likeness gain below which more training is worthwhile. A checkpoint above it has learned the subject. */
    static final double CLOSE = 0.75;

    /** Likeness gain below which the subject is hardly recognisable. */
    static final double PARTLY = 0.25;

    /** Share of the untrained model's value, or of the real pictures', below which images show less of their prompts. */
    private static final double KEPT = 0.85;

    /**
     * Share of the untrained model's margin over other prompts that must remain. About half is what images of most subjects
     * allow, because they show less of the class; with less than a third they ignore scenes and styles.
     */
    static final double LESS = 1.0 / 3;

    /** Likeness gain of images of the class; below it, other seeds make as large a difference. */
    private static final double LEAK = 0.25;

    /** Share of the variety of class images that must remain. */
    private static final double VARIETY = 0.75;

    private final JudgedSteps judged;

    /** @param all scores of a job */
    public Verdicts(List<Score> all) {
        this(new JudgedSteps(all));
    }

    Verdicts(JudgedSteps judged) {
        this.judged = judged;
    }

    /** The verdict on a score; empty unless it is that of a trained checkpoint, over all prompts, and can be judged. */
    public Optional<Verdict> of(Score score) {
        return score.images() == ImageSet.CHECKPOINT && score.subset() == null
                ? of(score.metric(), score.step())
                : Optional.empty();
    }

    Optional<Verdict> of(Metric metric, int step) {
        OptionalDouble untrained = judged.value(metric, 0);
        if (step == 0 || untrained.isEmpty() || judged.value(metric, step).isEmpty()) {
            return Optional.empty();
        }
        boolean changed = judged.changed(metric, step);
        return word(metric, step, changed).map(word -> {
            Basis against = against(metric, word);
            OptionalDouble share = share(metric, step, word, against);
            return new Verdict(
                    word,
                    against,
                    untrained.getAsDouble(),
                    changed,
                    share.isPresent() ? Double.valueOf(share.getAsDouble()) : null);
        });
    }

    /** The answer of a metric; empty if the share that it needs cannot be computed. */
    private Optional<Word> word(Metric metric, int step, boolean changed) {
        return switch (metric) {
            case CLIP_I, DINO, DETAIL -> of(judged.likenessGain(metric, step), Verdicts::likeness);
            case CLIP_T -> changed ? prompt(step) : Optional.of(Word.KEPT);
            case CLIP_T_MARGIN ->
                changed ? of(judged.leftOfPossible(metric, step), Verdicts::margin) : Optional.of(Word.KEPT);
            case COLOUR_SHIFT -> Optional.empty();
            case PRES ->
                changed
                        ? of(judged.likenessGain(metric, step), it -> it >= LEAK ? Word.LEAKS : Word.CLEAN)
                        : Optional.of(Word.CLEAN);
            case DIV ->
                changed
                        ? of(judged.left(metric, step), it -> it <= VARIETY ? Word.NARROW : Word.VARIED)
                        : Optional.of(Word.VARIED);
        };
    }

    private static Optional<Word> of(OptionalDouble share, DoubleFunction<Word> word) {
        return share.isPresent() ? Optional.of(word.apply(share.getAsDouble())) : Optional.empty();
    }

    private static Word likeness(double gain) {
        if (gain >= SAME) {
            return Word.SAME;
        }
        if (gain >= CLOSE) {
            return Word.CLOSE;
        }
        return gain >= PARTLY ? Word.PARTLY : Word.HARDLY;
    }

    private static Word margin(double left) {
        if (left >= KEPT) {
            return Word.KEPT;
        }
        return left >= LESS ? Word.LESS : Word.LOST;
    }

    /** CLIP-T always drops somewhat once the subject is learned: what the real pictures reach is enough. */
    private Optional<Word> prompt(int step) {
        if (judged.left(Metric.CLIP_T, step).orElse(0) >= KEPT) {
            return Optional.of(Word.KEPT);
        }
        // That of the real pictures can be negative, so that it has no share.
        OptionalDouble real = judged.reference(Metric.CLIP_T, step);
        return real.isPresent() && judged.value(Metric.CLIP_T, step).orElseThrow() >= real.getAsDouble()
                ? Optional.of(Word.REAL)
                : of(judged.leftOfPossible(Metric.CLIP_T, step), it -> it >= KEPT ? Word.REAL : Word.LESS);
    }

    private static Basis against(Metric metric, Word word) {
        return switch (metric) {
            case CLIP_I, DINO, DETAIL, PRES, COLOUR_SHIFT -> Basis.REAL_PICTURES;
            case CLIP_T, CLIP_T_MARGIN, DIV -> word == Word.REAL ? Basis.REAL_PICTURES : Basis.UNTRAINED_MODEL;
        };
    }

    private OptionalDouble share(Metric metric, int step, Word word, Basis against) {
        if (word == Word.REAL) {
            return judged.leftOfPossible(metric, step);
        }
        return against == Basis.REAL_PICTURES ? judged.likenessGain(metric, step) : judged.left(metric, step);
    }
}
