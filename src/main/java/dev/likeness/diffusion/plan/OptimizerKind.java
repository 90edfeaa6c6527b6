package dev.likeness.diffusion.plan;

/** Optimizers by what they remember of each trained number. */
public enum OptimizerKind {
    ADAMW(Coefficients.ADAMW_STATE),
    ADAMW_8BIT(Coefficients.ADAMW_8BIT_STATE),
    ADAFACTOR(Coefficients.ADAFACTOR_STATE);

    private final double bytes;

    OptimizerKind(double bytes) {
        this.bytes = bytes;
    }

    /** Bytes of state to one trained number. */
    double bytes() {
        return bytes;
    }
}
