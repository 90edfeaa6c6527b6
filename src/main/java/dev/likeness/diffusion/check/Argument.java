package dev.likeness.diffusion.check;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * A tensor that an operation takes. Its values have few enough digits to be exact in bf16 and fp16: what a comparison
 * finds is then what the operation did, and not what came of rounding its inputs.
 *
 * @param name of the variable, or a weight's name if there is a dot in it
 * @param limit of indices, exclusive; 0 for other kinds
 * @param given its values; empty for random ones
 */
record Argument(String name, Kind kind, int limit, double[] given, long... shape) {

    private static final int DENOMINATOR = 64;

    /** What an argument is. */
    enum Kind {
        /** An activation, in the precision that is computed in, with a gradient. */
        INPUT,
        /** Always fp32, with a gradient. */
        WEIGHT,
        /** Always fp32, without a gradient. */
        CONSTANT,
        /** Whole numbers from 0. */
        INDEX
    }

    boolean inMap() {
        return name.contains(".");
    }

    /**
     * Multiples of 1/64 between -1 and 1; of a norm's weight around 1; of a weight with inputs to sum over, by a power of two
     * such that a sum has about the variance of what it sums. So no path through a kernel is negligible beside another.
     *
     * @param seed of what is random
     */
    double[] values(long seed) {
        if (given.length > 0) {
            return given.clone();
        }
        Random random = new Random(seed);
        double unit = unit();
        double[] values = new double[Math.toIntExact(size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = kind == Kind.INDEX
                    ? random.nextInt(limit)
                    : around() + (random.nextInt(2 * DENOMINATOR - 1) - DENOMINATOR + 1) * unit();
        }
        return values;
    }

    private double unit() {
        return Math.scalb(1.0 / DENOMINATOR, -halvings());
    }

    private int halvings() {
        if (kind != Kind.WEIGHT || shape.length == 1) {
            return around();
        }
        long summed = LongStream.of(shape).skip(1).reduce(1, (a, b) -> a * b);
        return (int) Math.round(Math.log(summed) / Math.log(2) / 2) - 1;
    }

    private int around() {
        return kind == Kind.WEIGHT && shape.length == 1 && name.endsWith(".weight") ? 1 : 0;
    }

    private long size() {
        return LongStream.of(shape).reduce(1, (a, b) -> a * b);
    }

    @Override
    public String toString() {
        return name + " " + Arrays.toString(shape);
    }
}
