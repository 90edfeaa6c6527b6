package dev.likeness.diffusion.plan;

/**
 * The numbers an estimate rests on. Those of tensors were counted in the kernels of the networks: which tensors a layer
 * keeps for its gradient. Measured peaks are to be met by changing numbers here, and nowhere else.
 */
final class Coefficients {

    /** Bytes of a JVM, libtorch and what both reserve, before a model is loaded. */
    static final long BASE = 700L << 20;

    /** Bytes of a weight in fp32, as all that learn have it, and of a gradient. */
    static final int FULL = 4;

    /** Bytes of a frozen weight where the run computes in bf16 or fp16. */
    static final int HALF = 2;

    /** Bytes of optimizer state to a trained number: two moments. */
    static final double ADAMW_STATE = 8;

    /** The same in one byte each, and the scale of each block of 256. */
    static final double ADAMW_8BIT_STATE = 2 + 2 * 4 / 256.0;

    /** Sums of rows and columns instead of one number for each weight. */
    static final double ADAFACTOR_STATE = 0.05;

    /** Bytes of a kept number in bf16 or fp16: most have two, but norms stay in fp32. */
    static final double HALF_ACTIVATION = 2.5;

    /** Numbers to an input and an output channel of a residual block that exist while its gradient is computed. */
    static final int RESNET_WORK = 3;

    /** Numbers to a channel of a transformer that exist while its gradient is computed: most in the feed-forward layer. */
    static final int TRANSFORMER_WORK = 20;

    /**
     * What comes and goes takes so much more: memory that the allocator has back and cannot use again. Not with gradient
     * checkpointing, where it goes back to the system at once.
     */
    static final double ALLOCATOR = 1.4;

    /** Tensors of the size of its result that exist inside a residual block or transformer where no gradient is wanted. */
    static final int INFERENCE_WORK = 16;

    /** Tensors of the autoencoder's widest level that exist at once. */
    static final int VAE_WORK = 4;

    /** With guidance an image goes through the network with its prompt and without. */
    static final int GUIDANCE = 2;

    private Coefficients() {}

    /** To a feature of a text encoder's state: norms, their outputs, queries, keys, values, result. */
    static final int TEXT_STATE = 9;

    /** To a feature inside its feed-forward layer: before, in and after the activation. */
    static final int TEXT_HIDDEN = 3;
}
