package dev.likeness.diffusion.training;

import java.util.List;

/** The loss of a training step, or a gradient of it, was no finite number. The parameters are those of the step before. */
public final class NanLossException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient NanLoss known;

    /** Nothing is known but the step, 1 for the first. */
    public NanLossException(int step) {
        this(new NanLoss(step, Double.NaN, null, null, List.of(), null));
    }

    public NanLossException(NanLoss known) {
        super("the loss or a gradient is not a finite number at " + known);
        this.known = known;
    }

    /** What is known of the step. */
    public NanLoss known() {
        return known;
    }

    /** The step whose loss it was, 1 for the first. */
    public int step() {
        return known.step();
    }
}
