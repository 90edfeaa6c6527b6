package dev.likeness.diffusion.training;

import dev.likeness.diffusion.schedule.HuberSchedule;
import dev.likeness.diffusion.schedule.NoiseProcess;

/**
 * The loss of a difference between prediction and target, and how it depends on the time.
 *
 * @param type of the loss
 * @param schedule of the threshold; {@link LossType#L2} has none
 * @param c lowest threshold, above 0 to 1
 */
public record LossFunction(LossType type, HuberSchedule schedule, double c) {

    /** The squared error. */
    public static final LossFunction SQUARED = new LossFunction(LossType.L2, HuberSchedule.SNR, 1);

    /** The settings of a loss. */
    public interface Settings {

        /** The loss of a difference. */
        LossType lossType();

        /** How the threshold of Huber's losses depends on the time. */
        HuberSchedule huberSchedule();

        /** The threshold of Huber's losses, above 0 to 1; the lowest one where it depends on the time. */
        double huberC();
    }

    /** The loss of some settings. */
    public static LossFunction of(Settings settings) {
        return settings.lossType() == LossType.L2
                ? SQUARED
                : new LossFunction(settings.lossType(), settings.huberSchedule(), settings.huberC());
    }

    boolean isSquared() {
        return type == LossType.L2;
    }

    double threshold(NoiseProcess process, double time) {
        return schedule.threshold(c, process, time);
    }

    /** The factor of sqrt(d^2 + c^2) - c, but for 2. */
    double factor(double threshold) {
        return type == LossType.HUBER ? threshold : 1;
    }
}
