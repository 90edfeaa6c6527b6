package dev.likeness.diffusion.plan;

import dev.likeness.diffusion.wire.Wire;

/** Optimizers, by their state per trained number. */
public enum OptimizerKind implements Wire {
    ADAMW(Coefficients.ADAMW_STATE),
    ADAMW_8BIT(Coefficients.ADAMW_8BIT_STATE),
    ADAFACTOR(Coefficients.ADAFACTOR_STATE),
    LION(Coefficients.LION_STATE),
    PRODIGY(Coefficients.PRODIGY_STATE),
    ADAMW_SCHEDULE_FREE(Coefficients.SCHEDULE_FREE_STATE);

    private final double bytes;

    OptimizerKind(double bytes) {
        this.bytes = bytes;
    }

    /** Bytes of state per trained number. */
    double bytes() {
        return bytes;
    }
}
