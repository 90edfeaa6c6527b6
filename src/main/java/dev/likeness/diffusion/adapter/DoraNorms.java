package dev.likeness.diffusion.adapter;

import dev.likeness.diffusion.wire.Wire;

/** The norms of a weight that a DoRA trains (Liu et al. 2024, arXiv:2402.09353). */
public enum DoraNorms implements Wire {
    /** No DoRA. */
    NONE,
    /** Of each output, as in peft, and in LyCORIS by default. */
    OUTPUTS,
    /** Of each input, as in LyCORIS without {@code wd_on_out}, and in OneTrainer by default. */
    INPUTS;

    /** Checkpoints contain the wire name. */
    @Override
    public String toString() {
        return wire();
    }
}
