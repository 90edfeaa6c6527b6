package dev.likeness.diffusion.check;

import static dev.likeness.diffusion.graph.Blocks.affine;
import static dev.likeness.diffusion.graph.Blocks.all;
import static dev.likeness.diffusion.graph.Blocks.conv;
import static dev.likeness.diffusion.graph.Blocks.linear;

import dev.likeness.diffusion.graph.WeightSpec;
import java.util.List;

/** Kernels of attention, residual blocks and embeddings. */
final class BlockOperations extends SizedOperations {

    BlockOperations(Operations size) {
        super(size);
    }

    List<Operation> attention() {
        return List.of(
                tokens("split_heads").call("x, %d".formatted(heads(in))),
                tokens("attend")
                        .input("k", batch, CONTEXT, in)
                        .input("v", batch, CONTEXT, in)
                        .call("x, k, v, %d, False".formatted(heads(in))),
                tokens("attend", "causal")
                        .input("k", batch, LENGTH, in)
                        .input("v", batch, LENGTH, in)
                        .call("x, k, v, %d, True".formatted(heads(in))),
                tokens("self_attention").weights(attention(P, in, in)).call("x, w, \"p\", %d".formatted(heads(in))),
                tokens("cross_attention")
                        .input("context", batch, CONTEXT, out)
                        .weights(attention(P, in, out))
                        .call("x, context, w, \"p\", %d".formatted(heads(in))),
                adaptedAttention(),
                picture("vae_attention")
                        .weights(
                                affine("p.group_norm", in),
                                linear("p.to_q", in, in, true),
                                linear("p.to_k", in, in, true),
                                linear("p.to_v", in, in, true),
                                linear("p.to_out.0", in, in, true))
                        .call("x, w, \"p\", %d".formatted(groups(in))));
    }

    private Operation adaptedAttention() {
        Operation.Builder layers = tokens("self_attention", "adapter").weights(attention(P, in, in));
        return adapted(adapted(layers, P + ".to_q", in, in), P + ".to_v", in, in)
                .call("x, w, \"p\", %d".formatted(heads(in)));
    }

    static List<WeightSpec> attention(String prefix, int features, int context) {
        return all(
                linear(prefix + ".to_q", features, features, false),
                linear(prefix + ".to_k", context, features, false),
                linear(prefix + ".to_v", context, features, false),
                linear(prefix + ".to_out.0", features, features, true));
    }

    List<Operation> residual() {
        List<WeightSpec> first = all(affine("p.norm1", in), conv("p.conv1", in, out, 3));
        List<WeightSpec> last = all(affine("p.norm2", out), conv("p.conv2", out, out, 3));
        List<WeightSpec> shortcut = conv("p.conv_shortcut", in, out, 1);
        String groups = groups(in) == groups(out) ? String.valueOf(groups(in)) : "1";
        return List.of(
                picture("resnet_end")
                        .input("h", batch, in, height, width)
                        .weights(affine("p.norm2", in), conv("p.conv2", in, in, 3))
                        .call("x, h, w, \"p\", %s, 1e-05".formatted(groups)),
                picture("resnet_end", "shortcut")
                        .input("h", batch, out, height, width)
                        .weights(last, shortcut)
                        .call("x, h, w, \"p\", %s, 1e-05".formatted(groups)),
                picture("vae_resnet").weights(first, last, shortcut).call("x, w, \"p\", %s, 1e-06".formatted(groups)),
                picture("resnet")
                        .input("time", batch, CONTEXT)
                        .weights(first, linear("p.time_emb_proj", CONTEXT, out, true), last, shortcut)
                        .call("x, time, w, \"p\", %s, 1e-05".formatted(groups)));
    }

    List<Operation> embeddings() {
        double[] steps = new double[batch];
        for (int i = 0; i < batch; i++) {
            steps[i] = 1 + 6 * i;
        }
        int wide = 2 * in;
        List<WeightSpec> mlp = all(linear("p.linear_1", wide, out, true), linear("p.linear_2", out, out, true));
        List<WeightSpec> added =
                all(linear("p.linear_1", in + 2 * wide, out, true), linear("p.linear_2", out, out, true));
        return List.of(
                Operation.of("sinusoid")
                        .given("t", steps, batch)
                        .steps("y = [__torch__.sinusoid(t, %d)]".formatted(wide), "value"),
                Operation.of("embedding_mlp")
                        .input("x", batch, wide)
                        .weights(mlp)
                        .call("x, w, \"p\""),
                Operation.of("time_embedding")
                        .given("t", steps, batch)
                        .weights(mlp)
                        .call("t, w, \"p\", %d".formatted(wide)),
                Operation.of("added_embedding")
                        .input("pooled", batch, in)
                        .constant("sizes", batch, 2)
                        .weights(added)
                        .call("pooled, sizes, w, \"p\", %d".formatted(wide)));
    }
}
