package dev.likeness.diffusion.adapter;

import dev.likeness.diffusion.wire.Wire;

/** How v_star changes in textual inversion with momentum. */
public enum MomentumMode implements Wire {
    /** It does not change. The result is (1 - gamma) v_star + gamma v_train. */
    ANCHOR,
    /** After every step it becomes (1 - gamma) v_star + gamma v_train. It is the result. */
    EMA;

    /** The wire name: checkpoints contain it. */
    @Override
    public String toString() {
        return wire();
    }
}
