package dev.likeness.diffusion.tensor;

/** The standard deviation of numbers that come in pieces, with N - 1 in the denominator (Welford 1962). */
public final class Deviation {

    private long count;
    private double mean;
    private double squares;

    /** Adds numbers. */
    public void add(float[] values) {
        for (float value : values) {
            count++;
            double before = value - mean;
            mean += before / count;
            squares += before * (value - mean);
        }
    }

    /** The deviation of the numbers so far; 0 for fewer than two. */
    public double value() {
        return count < 2 ? 0 : Math.sqrt(squares / (count - 1));
    }
}
