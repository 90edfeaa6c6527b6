package dev.likeness.diffusion.plan;

/**
 * A value between the blocks of a network, by its size alone.
 *
 * @param channels numbers at each place: channels of a latent, features of a token
 * @param places of one sample: h * w of a latent, tokens of a text
 * @param producer the block that it comes from, in the order of the blocks; {@link #INPUT} for an input
 */
record Sized(long channels, long places, int producer) {

    /** The producer of an input of the network. */
    static final int INPUT = -1;

    /** What counts for nothing beside the sample: a timestep, a pooled state, the few tokens of a prompt. */
    static final Sized NOTHING = new Sized(0, 0, INPUT);

    /** The sample that goes in: its few channels are nothing beside those of the blocks. */
    static Sized sample(long places) {
        return new Sized(0, places, INPUT);
    }

    /** Numbers of one sample. */
    long numbers() {
        return channels * places;
    }
}
