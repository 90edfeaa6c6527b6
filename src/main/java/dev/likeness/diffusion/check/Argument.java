package dev.likeness.diffusion.check;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * An input tensor of an operation. Its values have few enough digits to be exact in bf16 and fp16, so that a comparison
 * measures the operation and not the rounding of its inputs.
 *
 * @param name of the variable, or a weight's name if there is a dot in it
 * @param limit of indices, exclusive; 0 for other kinds
 * @param given its values; empty for random ones
 */
record Argument(String name, Kind kind, int limit, double[] given, long... shape) {

    private static final int DENOMINATOR = 64;

    /** The kind of an argument. */
    enum Kind {
        /** An activation in the precision of the computation, with a gradient. */
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
     * Multiples of 1/64 between -1 and 1. A norm's weight is around 1. A weight with inputs to sum over is scaled by a
     * power of two, so that a sum has about the variance of its terms. So no path through a kernel is negligible.
     *
     * @param seed of the random values
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
