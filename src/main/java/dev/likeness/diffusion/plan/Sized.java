package dev.likeness.diffusion.plan;

/**
 * The size of a value between the blocks of a network.
 *
 * @param channels numbers per position: channels of a latent, features of a token
 * @param places positions of one sample: h * w of a latent, tokens of a text
 * @param producer index of the block that computes it; {@link #INPUT} for an input
 */
record Sized(long channels, long places, int producer) {

    /** The producer of the network's inputs. */
    static final int INPUT = -1;

    /** A negligible value: a timestep, a pooled state, the few tokens of a prompt. */
    static final Sized NOTHING = new Sized(0, 0, INPUT);

    /** The input sample. Its few channels are negligible compared with those of the blocks. */
    static Sized sample(long places) {
        return new Sized(0, places, INPUT);
    }

    /** Number of values in one sample. */
    long numbers() {
        return channels * places;
    }
}
