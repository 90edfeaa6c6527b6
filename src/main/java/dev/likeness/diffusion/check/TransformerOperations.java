package dev.likeness.diffusion.check;

import static dev.likeness.diffusion.graph.Blocks.affine;
import static dev.likeness.diffusion.graph.Blocks.all;
import static dev.likeness.diffusion.graph.Blocks.conv;
import static dev.likeness.diffusion.graph.Blocks.linear;

import dev.likeness.diffusion.graph.WeightSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Kernels of the UNet's transformers. */
final class TransformerOperations extends SizedOperations {

    TransformerOperations(Operations size) {
        super(size);
    }

    List<Operation> transformers() {
        return Stream.of(projections(), blocks()).flatMap(List::stream).toList();
    }

    private List<Operation> projections() {
        Operation.Builder from = picture("to_tokens", "adapter, linear layer").weights(linear(P, in, out, true));
        Operation.Builder fromConvolution =
                picture("to_tokens", "adapter, convolution").weights(conv(P, in, out, 1));
        Operation.Builder to = places("adapter, linear layer").weights(linear(P, in, out, true));
        Operation.Builder toConvolution = places("adapter, convolution").weights(conv(P, in, out, 1));
        String size = "[%d, %d, %d, %d]".formatted(batch, in, height, width);
        return List.of(
                picture("to_tokens").weights(conv(P, in, out, 1)).call("x, w, \"p\", False"),
                adapted(from, P, in, out).call("x, w, \"p\", True"),
                adapted(fromConvolution, P, in, out, 1, 1).call("x, w, \"p\", False"),
                places("").weights(conv(P, in, out, 1)).call("x, w, \"p\", %s, False".formatted(size)),
                adapted(to, P, in, out).call("x, w, \"p\", %s, True".formatted(size)),
                adapted(toConvolution, P, in, out, 1, 1).call("x, w, \"p\", %s, False".formatted(size)));
    }

    private Operation.Builder places(String variant) {
        return Operation.of("to_channels", variant).input("x", batch, height * width, in);
    }

    private List<Operation> blocks() {
        return List.of(
                // What libtorch's graph optimizer is known to get wrong.
                tokens("linear", "without bias, of what is used again")
                        .weights(affine("p.norm", in), linear(P, in, in, false))
                        .body("""
                                n = __torch__.layer_norm(x, w, "p.norm", 1e-05)
                                y = __torch__.attend(__torch__.linear(n, w, "p"), n, n, %d, False)
                                """.formatted(heads(in))),
                tokens("transformer_block")
                        .input("context", batch, CONTEXT, out)
                        .weights(transformerBlock(P, in, out))
                        .call("x, context, w, \"p\", %d".formatted(heads(in))),
                transformer("convolutions", 1, false),
                transformer("linear layers, depth 2", 2, true));
    }

    private Operation transformer(String variant, int depth, boolean linearProjection) {
        List<WeightSpec> blocks = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            blocks.addAll(transformerBlock("p.transformer_blocks." + i, in, out));
        }
        return picture("transformer", variant)
                .input("context", batch, CONTEXT, out)
                .weights(affine("p.norm", in), projection("p.proj_in", linearProjection), blocks)
                .weights(projection("p.proj_out", linearProjection))
                .call("x, context, w, \"p\", %d, %d, %s, %d"
                        .formatted(heads(in), depth, linearProjection ? "True" : "False", groups(in)));
    }

    private List<WeightSpec> projection(String prefix, boolean linearProjection) {
        return linearProjection ? linear(prefix, in, in, true) : conv(prefix, in, in, 1);
    }

    private static List<WeightSpec> transformerBlock(String prefix, int features, int context) {
        return all(
                affine(prefix + ".norm1", features),
                BlockOperations.attention(prefix + ".attn1", features, features),
                affine(prefix + ".norm2", features),
                BlockOperations.attention(prefix + ".attn2", features, context),
                affine(prefix + ".norm3", features),
                linear(prefix + ".ff.net.0.proj", features, 4 * features, true),
                linear(prefix + ".ff.net.2", 2 * features, features, true));
    }
}
