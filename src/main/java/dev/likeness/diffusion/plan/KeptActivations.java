package dev.likeness.diffusion.plan;

/** The activations that a network's blocks keep for their gradients, per channel. */
public enum KeptActivations {
    /** Its own weights are trained: inputs of all layers are kept. */
    TRAINED(3, 3, 30),
    /** Adapters at its attentions are trained: inputs of those layers are kept. */
    ADAPTED(2, 1, 25),
    /** Nothing in it is trained, but gradients pass through: inputs of norms, activations and attentions are kept. */
    PASSED(2, 1, 21);

    /** Per input channel, and per output channel, of a residual block. */
    final int resnet;

    /** Per channel of an attention, outside its transformer blocks. */
    final int attention;

    /**
     * Per channel of one transformer block. If trained: norms and their outputs (6), queries, keys, values and results
     * of self-attention and queries and results of cross-attention (8, without keys and values of the few tokens), the
     * gated feed-forward layer (16).
     */
    final int transformer;

    KeptActivations(int resnet, int attention, int transformer) {
        this.resnet = resnet;
        this.attention = attention;
        this.transformer = transformer;
    }
}
