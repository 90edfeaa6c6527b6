package dev.likeness.app.score;

import dev.likeness.app.score.Verdict.Word;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.diffusion.evaluation.Metric;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The scores that advice about a job is based on.
 *
 * @param judged of all checkpoints
 * @param chosen the checkpoint that is the job's result
 */
record ResultScores(JobSpec spec, JudgedSteps judged, ChosenCheckpoint chosen) {

    /** Training step of the result. */
    int step() {
        return chosen.step();
    }

    /** The verdict on a score of the result; empty if it cannot be judged. */
    Optional<Word> word(Metric metric) {
        return word(metric, step());
    }

    /** The verdict on a score of a step; empty if it cannot be judged. */
    Optional<Word> word(Metric metric, int step) {
        return new Verdicts(judged).of(metric, step).map(Verdict::word);
    }

    /** The score that shows whether images follow their prompts. With a single prompt there is no margin over others. */
    Metric promptMetric() {
        return judged.value(Metric.CLIP_T_MARGIN, step()).isPresent() ? Metric.CLIP_T_MARGIN : Metric.CLIP_T;
    }

    /** Whether images with the weights of a step show their prompts nearly as well as those of the untrained model. */
    boolean followsPrompt(int step) {
        Word least = promptMetric() == Metric.CLIP_T ? Word.LESS : Word.LOST;
        return word(promptMetric(), step).filter(least::equals).isEmpty();
    }

    /** Values of the result, of the untrained model and of the real pictures, by wire name. */
    Map<String, Number> figures(Metric... metrics) {
        Map<String, Number> figures = new LinkedHashMap<>();
        figures.put("step", step());
        for (Metric metric : metrics) {
            judged.value(metric, 0).ifPresent(it -> figures.put(metric.wire() + "_untrained", it));
            judged.value(metric, step()).ifPresent(it -> figures.put(metric.wire(), it));
            judged.reference(metric, step()).ifPresent(it -> figures.put(metric.wire() + "_real", it));
        }
        return figures;
    }

    String shown(Metric metric, int step) {
        return number(judged.value(metric, step).orElse(Double.NaN));
    }

    /** CLIP-I between the real pictures. */
    String reference() {
        return number(judged.reference(Metric.CLIP_I, step()).orElse(Double.NaN));
    }

    /** The learning rate, or the rates of the schedule. */
    String rate() {
        String schedule = spec.training().learningRateSchedule();
        return Character.isDigit(schedule.charAt(0))
                ? schedule
                : new BigDecimal(Double.toString(spec.training().learningRate()))
                        .stripTrailingZeros()
                        .toPlainString();
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
