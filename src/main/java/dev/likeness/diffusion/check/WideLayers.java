package dev.likeness.diffusion.check;

import static dev.likeness.diffusion.graph.Blocks.linear;

import java.util.List;

/** Layers whose weights are too large to join, so that they compute in another way than small ones. */
final class WideLayers {

    private static final int WIDE = 192;

    private WideLayers() {}

    static List<Operation> all() {
        return List.of(
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
                        .call("x, context, w, \"p\", 4"));
    }

    private static Operation.Builder wide(String kernel) {
        return Operation.of(kernel, "wide").input("x", 2, SizedOperations.LENGTH, WIDE);
    }
}
