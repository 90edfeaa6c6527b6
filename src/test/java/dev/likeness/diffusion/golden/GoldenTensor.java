package dev.likeness.diffusion.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

/** A reference tensor in row-major order; a scalar has an empty shape. */
public record GoldenTensor(String name, long[] shape, float[] values) {

    /** The {@code index}-th slice along the first axis. */
    public GoldenTensor at(int index) {
        long[] rest = Arrays.copyOfRange(shape, 1, shape.length);
        int size = Math.toIntExact(Arrays.stream(rest).reduce(1, Math::multiplyExact));
        return new GoldenTensor(
                name + "[" + index + "]", rest, Arrays.copyOfRange(values, index * size, (index + 1) * size));
    }

    /** The only value. */
    public float scalar() {
        assertThat(values).as(name).hasSize(1);
        return values[0];
    }

    /** As {@link #assertClose(long[], float[], double)}, for values without a shape: only their number is checked. */
    public void assertClose(float[] actual, double tolerance) {
        assertThat(actual.length).as("number of values of " + name).isEqualTo(values.length);
        int worst = 0;
        for (int i = 1; i < values.length; i++) {
            if (!(excess(actual, i) <= excess(actual, worst))) {
                worst = i;
            }
        }
        assertThat(excess(actual, worst))
                .as(
                        "%s: worst at %d of %d, expected %s but was %s",
                        name, worst, values.length, values[worst], actual[worst])
                .isLessThanOrEqualTo(tolerance);
    }

    /**
     * Compares the shape first, then the values.
     *
     * @param tolerance largest difference; absolute for expected values up to magnitude 1, relative above
     */
    public void assertClose(long[] actualShape, float[] actual, double tolerance) {
        assertThat(actualShape).as("shape of " + name).isEqualTo(shape);
        assertClose(actual, tolerance);
    }

    /** NaN if either value is NaN, which is above any tolerance. */
    private double excess(float[] actual, int i) {
        return Math.abs((double) actual[i] - values[i]) / Math.max(1, Math.abs(values[i]));
    }
}
