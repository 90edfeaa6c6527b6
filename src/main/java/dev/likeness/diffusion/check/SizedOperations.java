package dev.likeness.diffusion.check;

import dev.likeness.diffusion.graph.Adapters;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Operations of one size, by the parts that they share. */
abstract class SizedOperations {

    static final int LENGTH = 5;
    static final int CONTEXT = 6;
    static final int VOCABULARY = 7;
    static final int RANK = 3;
    static final int PATCH = 2;
    static final String P = "p";

    final int batch;
    final int in;
    final int out;
    final int height;
    final int width;

    SizedOperations(Operations size) {
        this.batch = size.batch();
        this.in = size.in();
        this.out = size.out();
        this.height = size.height();
        this.width = size.width();
    }

    Operation.Builder picture(String kernel, String variant) {
        return Operation.of(kernel, variant).input("x", batch, in, height, width);
    }

    Operation.Builder picture(String kernel) {
        return picture(kernel, "");
    }

    Operation.Builder tokens(String kernel, String variant) {
        return Operation.of(kernel, variant).input("x", batch, LENGTH, in);
    }

    Operation.Builder tokens(String kernel) {
        return tokens(kernel, "");
    }

    /**
     * Adds an adapter of a layer.
     *
     * @param kernel height and width of a convolution's kernel; nothing for a linear layer
     */
    static Operation.Builder adapted(Operation.Builder layer, String prefix, int in, int out, int... kernel) {
        LongStream ones = IntStream.of(kernel).mapToLong(it -> 1);
        return layer.weight(
                        Adapters.down(prefix),
                        shape(RANK, in, IntStream.of(kernel).asLongStream()))
                .weight(Adapters.up(prefix), shape(out, RANK, ones))
                .given(Adapters.scale(prefix), new double[] {0.5});
    }

    private static long[] shape(int out, int in, LongStream kernel) {
        return LongStream.concat(LongStream.of(out, in), kernel).toArray();
    }

    static int groups(int channels) {
        return channels % 4 == 0 ? channels / 2 : 1;
    }

    static int heads(int features) {
        return features % 4 == 0 ? features / 4 : 1;
    }
}
