package dev.likeness.diffusion.plan;

/** What a network's blocks keep for their gradients, to a number of their channels. */
public enum KeptActivations {
    /** Its own weights learn: inputs of all layers are kept. */
    TRAINED(3, 3, 30),
    /** Adapters at its attentions learn: inputs of those layers are kept. */
    ADAPTED(2, 1, 25),
    /** Nothing in it learns, but gradients pass through: inputs of norms, activations and attentions are kept. */
    PASSED(2, 1, 21);

    /** To an input channel, and an output channel, of a residual block. */
    final int resnet;

    /** To a channel of an attention, around its transformer blocks. */
    final int attention;

    /**
     * To a channel of one transformer block. Learning: norms and their outputs (6), queries, keys, values and
     * results of self-attention and queries and results of cross-attention (8, without keys and values of the few
     * words), the gated feed-forward layer (16).
     */
    final int transformer;

    KeptActivations(int resnet, int attention, int transformer) {
        this.resnet = resnet;
        this.attention = attention;
        this.transformer = transformer;
    }
}
