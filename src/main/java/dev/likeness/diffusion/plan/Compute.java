package dev.likeness.diffusion.plan;

/** In which type a run computes. */
public enum Compute {
    FP32,
    BF16,
    FP16;

    boolean half() {
        return this != FP32;
    }
}
