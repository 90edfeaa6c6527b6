package dev.likeness.diffusion.check;

import java.util.List;
import java.util.stream.Stream;

/**
 * Every kernel at one size, the simple ones before those that consist of them.
 *
 * @param batch B
 * @param in channels, or features, of the input
 * @param out channels, or features, of the output, if the kernel permits a choice
 * @param height H
 * @param width W
 */
record Operations(int batch, int in, int out, int height, int width) {

    private static final int FEATURES_LEAST = 4;
    private static final int FEATURES_ODD = 7;

    /**
     * All kernels of networks. A layer norm of one feature returns a constant, of two features only their order, and of
     * three features one number. The rest is rounding, enlarged up to 300 times. So kernels with a layer norm have at
     * least four features. A group norm removes the bias of a single channel, so residual blocks end in two channels.
     */
    List<Operation> networks() {
        Operations normed = new Operations(batch, features(in), out, height, width);
        Operations grouped = new Operations(batch, in, Math.max(2, out), height, width);
        return Stream.of(
                        new ChangeOperations(this).changes(),
                        new LayerOperations(this).layers(),
                        new BlockOperations(this).attention(),
                        new BlockOperations(grouped).residual(),
                        new BlockOperations(this).embeddings(),
                        new TransformerOperations(normed).transformers(),
                        new TextEncoderOperations(normed).textEncoders())
                .flatMap(List::stream)
                .toList();
    }

    /** Kernels of convolutions. */
    List<Operation> convolutions() {
        return new LayerOperations(this).convolutions();
    }

    /** Features of a layer norm: the number of inputs, or an odd number if that is too small. */
    static int features(int in) {
        return in < FEATURES_LEAST ? FEATURES_ODD : in;
    }
}
