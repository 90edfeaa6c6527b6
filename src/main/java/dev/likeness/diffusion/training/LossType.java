package dev.likeness.diffusion.training;

import dev.likeness.diffusion.wire.Wire;

/**
 * The loss of a difference d between prediction and target, with the names and factors of kohya's scripts. Huber's losses are
 * those of Charbonnier, which are smooth: at differences far below the threshold c they are d^2 times a factor, far above it
 * they grow as |d|.
 */
public enum LossType implements Wire {
    /** d^2. */
    L2,
    /** 2 c (sqrt(d^2 + c^2) - c), close to d^2 below the threshold. */
    HUBER,
    /** 2 (sqrt(d^2 + c^2) - c), close to 2 |d| above the threshold. */
    SMOOTH_L1
}
