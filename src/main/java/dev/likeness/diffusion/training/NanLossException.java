package dev.likeness.diffusion.training;

import java.util.List;

/** The loss of a training step, or one of its gradients, is not finite. The parameters are those of the previous step. */
public final class NanLossException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient NanLoss known;

    /** An exception without a diagnosis; the first step is 1. */
    public NanLossException(int step) {
        this(new NanLoss(step, Double.NaN, null, null, List.of(), null));
    }

    public NanLossException(NanLoss known) {
        super("the loss or a gradient is not a finite number at " + known);
        this.known = known;
    }

    /** The diagnosis of the step. */
    public NanLoss known() {
        return known;
    }

    /** The step, 1 for the first. */
    public int step() {
        return known.step();
    }
}
