package dev.likeness.diffusion.check;

import static dev.likeness.diffusion.graph.Blocks.conv;
import static dev.likeness.diffusion.graph.Blocks.linear;

import java.util.List;

/** Kernels with matrix products so large that they compute in another way than small ones. */
final class LargeProducts {

    private static final int CHANNELS = 128;
    private static final int HEIGHT = 16;
    private static final int WIDTH = 32;

    /** Features of layers whose weights are too large to join. */
    private static final int WIDE = 192;

    private LargeProducts() {}

    static List<Operation> all() {
        return List.of(
                Operation.of("product", "large")
                        .input("x", 2, HEIGHT * WIDTH, CHANNELS)
                        .weight("weight", CHANNELS, CHANNELS)
                        .weight("bias", CHANNELS)
                        .call("__torch__.cast(x), __torch__.cast(weight), __torch__.cast(bias)"),
                Operation.of("product", "large, odd number of rows, without bias")
                        .input("x", HEIGHT * WIDTH + 1, CHANNELS)
                        .weight("weight", CHANNELS, CHANNELS)
                        .call("__torch__.cast(x), __torch__.cast(weight), None"),
                SizedOperations.adapted(
                                wide("linear").weights(linear(SizedOperations.P, WIDE, WIDE, true)),
                                SizedOperations.P,
                                WIDE,
                                WIDE)
                        .call("x, w, \"p\""),
                wide("self_attention")
                        .weights(BlockOperations.attention(SizedOperations.P, WIDE, WIDE))
                        .call("x, w, \"p\", 4"),
                wide("cross_attention")
                        .input("context", 2, SizedOperations.CONTEXT, WIDE)
                        .weights(BlockOperations.attention(SizedOperations.P, WIDE, WIDE))
                        .call("x, context, w, \"p\", 4"),
                picture("conv1").call("x, w, \"p\""),
                picture("to_tokens").call("x, w, \"p\", False"),
                Operation.of("to_channels", "large")
                        .input("x", 2, HEIGHT * WIDTH, CHANNELS)
                        .weights(conv(SizedOperations.P, CHANNELS, CHANNELS, 1))
                        .call("x, w, \"p\", [2, %d, %d, %d], False".formatted(CHANNELS, HEIGHT, WIDTH)));
    }

    private static Operation.Builder wide(String kernel) {
        return Operation.of(kernel, "wide").input("x", 2, SizedOperations.LENGTH, WIDE);
    }

    private static Operation.Builder picture(String kernel) {
        return Operation.of(kernel, "large")
                .input("x", 2, CHANNELS, HEIGHT, WIDTH)
                .weights(conv(SizedOperations.P, CHANNELS, CHANNELS, 1));
    }
}
