package dev.likeness.diffusion.training;

/** The loss stopped being a finite number: the learning rate is too high for the model or its precision. */
public final class NanLossException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int step;

    public NanLossException(int step) {
        super("the loss is not a finite number at step " + step);
        this.step = step;
    }

    /** The step whose loss it was, 1 for the first. */
    public int step() {
        return step;
    }
}
