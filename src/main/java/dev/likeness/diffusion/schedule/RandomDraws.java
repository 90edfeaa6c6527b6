package dev.likeness.diffusion.schedule;

/**
 * Random numbers as a function of only seed, purpose, step and index, so that neither resuming nor batching changes
 * them. The generator is Philox4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"): the seed is
 * its key, the other arguments are its counter.
 */
public final class RandomDraws {

    private static final int ROUNDS = 10;
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;
    private static final int PURPOSE_SHIFT = 24;
    private static final double TWO_POW_32 = 0x1p32;

    private final int key0;
    private final int key1;

    /** The purpose of the numbers. Different purposes have different numbers. */
    public enum Purpose {
        INITIAL_LATENT,
        SAMPLER_NOISE,
        TRAINING_NOISE,
        TIMESTEP,
        POSTERIOR,
        SHUFFLE,
        FLIP,
        TEMPLATE,
        WORD,
        NOISE_OFFSET,
        DROPOUT,
        ADAPTER,
        TOKEN,
        CROP,
        PYRAMID_NOISE,
        PYRAMID_RATIO,
        INPUT_PERTURBATION
    }

    public RandomDraws(long seed) {
        key0 = (int) seed;
        key1 = (int) (seed >>> Integer.SIZE);
    }

    /**
     * Standard normal numbers, by Box and Muller's transform.
     *
     * @param step for instance of training or sampling
     * @param index for instance of a picture in its batch
     * @param length at most 2^26
     */
    public float[] normal(Purpose purpose, int step, int index, int length) {
        float[] values = new float[length];
        for (int at = 0; at < length; at += 4) {
            int[] bits = block(at / 4, purpose, step, index);
            for (int pair = 0; pair < 2 && at + 2 * pair < length; pair++) {
                // Never 0, because its logarithm is infinite.
                double u = (Integer.toUnsignedLong(bits[2 * pair]) + 0.5) / TWO_POW_32;
                double angle = 2 * Math.PI * Integer.toUnsignedLong(bits[2 * pair + 1]) / TWO_POW_32;
                double radius = StrictMath.sqrt(-2 * StrictMath.log(u));
                values[at + 2 * pair] = (float) (radius * StrictMath.cos(angle));
                if (at + 2 * pair + 1 < length) {
                    values[at + 2 * pair + 1] = (float) (radius * StrictMath.sin(angle));
                }
            }
        }
        return values;
    }

    /** A whole number from 0 to {@code bound - 1}. */
    public int below(int bound, Purpose purpose, int step, int index) {
        long bits = Integer.toUnsignedLong(block(0, purpose, step, index)[0]);
        return (int) (bits * bound >>> Integer.SIZE);
    }

    /**
     * A number from 0 to below 1.
     *
     * @param number distinguishes several numbers for one picture of one step
     */
    public double uniform(int number, Purpose purpose, int step, int index) {
        return Integer.toUnsignedLong(block(number, purpose, step, index)[0]) / TWO_POW_32;
    }

    /** 64 random bits, for instance to seed another generator. */
    public long bits(Purpose purpose, int step, int index) {
        int[] words = block(0, purpose, step, index);
        return (long) words[0] << Integer.SIZE | Integer.toUnsignedLong(words[1]);
    }

    /** The numbers 0 to {@code length - 1} in random order, by Fisher and Yates's shuffle. */
    public int[] permutation(int length, Purpose purpose, int step) {
        int[] order = new int[length];
        for (int i = 0; i < length; i++) {
            int j = below(i + 1, purpose, step, i);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private int[] block(int number, Purpose purpose, int step, int index) {
        return philox(new int[] {number | purpose.ordinal() << PURPOSE_SHIFT, step, index, 0}, key0, key1);
    }

    /** The generator itself: four counter words and two key words to four random words. */
    static int[] philox(int[] counter, int key0, int key1) {
        int c0 = counter[0];
        int c1 = counter[1];
        int c2 = counter[2];
        int c3 = counter[3];
        int k0 = key0;
        int k1 = key1;
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = MULTIPLIER_0 * Integer.toUnsignedLong(c0);
            long product1 = MULTIPLIER_1 * Integer.toUnsignedLong(c2);
            c0 = (int) (product1 >>> Integer.SIZE) ^ c1 ^ k0;
            c2 = (int) (product0 >>> Integer.SIZE) ^ c3 ^ k1;
            c1 = (int) product1;
            c3 = (int) product0;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        return new int[] {c0, c1, c2, c3};
    }
}
