package dev.likeness.app.score;

import dev.likeness.app.spec.JobSpec;
import dev.likeness.diffusion.evaluation.Metric;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The scores that advice about a job is based on.
 *
 * @param judged of all checkpoints
 * @param chosen the checkpoint that is the job's result
 */
record ResultScores(JobSpec spec, JudgedSteps judged, ChosenCheckpoint chosen) {

    /** Likeness gain below which more training is worthwhile. A checkpoint above it has learned the subject. */
    static final double UNDERTRAINED = 0.75;

    /**
     * Share of the untrained model's margin over other prompts that must remain. The choice of a checkpoint has a
     * slightly lower floor.
     */
    private static final double MIN_MARGIN_KEPT = 0.6;

    /** Same for CLIP-T, used when there is no margin. CLIP-T always drops somewhat once the subject is learned. */
    private static final double MIN_CLIP_T_KEPT = 0.85;

    /** Smallest difference of cosines to divide by. Below it, the untrained model already generates the subject. */
    private static final double MIN_GAIN = 0.02;

    /** Training step of the result. */
    int step() {
        return chosen.step();
    }

    /** The gain of a metric: 0 is the untrained model, 1 the real pictures. Empty if these hardly differ. */
    OptionalDouble likenessGain(Metric metric, int step) {
        return judged.likenessGain(metric, step, MIN_GAIN);
    }

    /** The score that shows whether images follow their prompts. With a single prompt there is no margin over others. */
    Metric promptMetric() {
        return judged.value(Metric.CLIP_T_MARGIN, step()).isPresent() ? Metric.CLIP_T_MARGIN : Metric.CLIP_T;
    }

    /** Whether images with the weights of a step show their prompts nearly as well as those of the untrained model. */
    boolean followsPrompt(int step) {
        double share = promptMetric() == Metric.CLIP_T ? MIN_CLIP_T_KEPT : MIN_MARGIN_KEPT;
        return judged.leftOfPossible(promptMetric(), step).orElse(1) >= share || !judged.changed(promptMetric(), step);
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
