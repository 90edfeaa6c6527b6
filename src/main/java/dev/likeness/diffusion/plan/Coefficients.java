package dev.likeness.diffusion.plan;

/**
 * The coefficients of an estimate. Those of tensors were counted in the networks' kernels: the tensors that a layer
 * keeps for its gradient. To match measured peaks, change only the numbers here.
 */
final class Coefficients {

    /** Bytes of a JVM, libtorch and their reserves, before a model is loaded. */
    static final long BASE = 700L << 20;

    /** Bytes of a weight in fp32, as every trained weight is, and of a gradient. */
    static final int FULL = 4;

    /** Bytes of a frozen weight in a run that computes in bf16 or fp16. */
    static final int HALF = 2;

    /** Bytes of optimizer state per trained number: two moments. */
    static final double ADAMW_STATE = 8;

    /** The same in one byte each, with the scale of each block of 2048. */
    static final double ADAMW_8BIT_STATE = 2 + 2 * 4 / 2048.0;

    /** Sums of rows and columns instead of one number per weight. */
    static final double ADAFACTOR_STATE = 0.05;

    /** One moment. */
    static final double LION_STATE = 4;

    /** Two moments, the weighted sum of the gradients, and the weights at the start. */
    static final double PRODIGY_STATE = 16;

    /** The point z, one moment, and a copy of the weights while images are made with their average. */
    static final double SCHEDULE_FREE_STATE = 12;

    /** Bytes of a kept number in bf16 or fp16: most have two, but norms stay in fp32. */
    static final double HALF_ACTIVATION = 2.5;

    /** Numbers per input and output channel of a residual block during the computation of its gradient. */
    static final int RESNET_WORK = 3;

    /**
     * Numbers per channel of a transformer during the computation of its gradient: most are in the feed-forward layer.
     */
    static final int TRANSFORMER_WORK = 20;

    /**
     * Factor for the allocator's overhead: freed memory that cannot be used again. It does not apply with gradient
     * checkpointing, because freed memory then returns to the system at once.
     */
    static final double ALLOCATOR = 1.4;

    /** Tensors of the result's size inside a residual block or transformer without gradient. */
    static final int INFERENCE_WORK = 16;

    /** Simultaneous tensors of the autoencoder's widest level. */
    static final int VAE_WORK = 4;

    /** Guidance evaluates the network twice per image: with and without the prompt. */
    static final int GUIDANCE = 2;

    private Coefficients() {}

    /** Per feature of a text encoder's state: norms, their outputs, queries, keys, values, result. */
    static final int TEXT_STATE = 9;

    /** Per feature inside its feed-forward layer: before, in and after the activation. */
    static final int TEXT_HIDDEN = 3;
}
