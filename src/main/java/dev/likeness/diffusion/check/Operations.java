package dev.likeness.diffusion.check;

import static dev.likeness.diffusion.graph.Blocks.affine;
import static dev.likeness.diffusion.graph.Blocks.all;
import static dev.likeness.diffusion.graph.Blocks.conv;
import static dev.likeness.diffusion.graph.Blocks.linear;

import dev.likeness.diffusion.graph.Adapters;
import dev.likeness.diffusion.graph.WeightSpec;
import java.util.ArrayList;
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

    private static final int LENGTH = 5;
    private static final int CONTEXT = 6;
    private static final int VOCABULARY = 7;
    private static final int RANK = 3;
    private static final int PATCH = 2;
    private static final int FEATURES_LEAST = 4;
    private static final int FEATURES_ODD = 7;
    private static final String P = "p";

    /**
     * All kernels of networks. A layer norm of one feature returns a constant, of two features only their order, and of
     * three features one number. The rest is rounding, enlarged up to 300 times. So kernels with a layer norm have at
     * least four features. A group norm removes the bias of a single channel, so residual blocks end in two channels.
     */
    List<Operation> networks() {
        Operations normed = new Operations(batch, features(), out, height, width);
        Operations grouped = new Operations(batch, in, Math.max(2, out), height, width);
        return Stream.of(
                        layers(),
                        attention(),
                        grouped.residual(),
                        embeddings(),
                        normed.transformers(),
                        normed.textEncoders())
                .flatMap(List::stream)
                .toList();
    }

    private Operation.Builder picture(String kernel, String variant) {
        return Operation.of(kernel, variant).input("x", batch, in, height, width);
    }

    private Operation.Builder picture(String kernel) {
        return picture(kernel, "");
    }

    private Operation.Builder tokens(String kernel, String variant) {
        return Operation.of(kernel, variant).input("x", batch, LENGTH, in);
    }

    private Operation.Builder tokens(String kernel) {
        return tokens(kernel, "");
    }

    /** Features of a layer norm: the number of inputs, or an odd number if that is too small. */
    private int features() {
        return in < FEATURES_LEAST ? FEATURES_ODD : in;
    }

    private static int groups(int channels) {
        return channels % 4 == 0 ? channels / 2 : 1;
    }

    private static int heads(int features) {
        return features % 4 == 0 ? features / 4 : 1;
    }

    /** Linear layers, convolutions, norms, and kernels without weights. */
    List<Operation> layers() {
        return Stream.of(linears(), convolutions(), norms(), plain())
                .flatMap(List::stream)
                .toList();
    }

    private List<Operation> linears() {
        return List.of(
                tokens("linear").weights(linear(P, in, out, true)).call("x, w, \"p\""),
                tokens("linear", "without bias")
                        .weights(linear(P, in, out, false))
                        .call("x, w, \"p\""),
                tokens("linear", "adapter")
                        .weights(linear(P, in, out, true))
                        .weight(Adapters.down(P), RANK, in)
                        .weight(Adapters.up(P), out, RANK)
                        .given(Adapters.scale(P), new double[] {0.5})
                        .call("x, w, \"p\""));
    }

    /** Both strides, both kernel sizes, with and without bias and adapter, and in the other memory format. */
    List<Operation> convolutions() {
        return List.of(
                picture("convolve").weight("weight", out, in, 3, 3).call("x, weight, None, 1, 1"),
                picture("convolve", "channels last")
                        .weight("weight", out, in, 3, 3)
                        .call("torch.contiguous(x, memory_format=2), weight, None, 1, 1"),
                picture("conv2d", "stride 2").weights(conv(P, in, out, 3)).call("x, w, \"p\", 2, 1"),
                adapted("conv2d", 3, 1),
                adapted("conv2d", 3, 2),
                adapted("conv2d", 1, 1),
                picture("conv3").weights(conv(P, in, out, 3)).call("x, w, \"p\", 1"),
                picture("conv3", "stride 2").weights(conv(P, in, out, 3)).call("x, w, \"p\", 2"),
                picture("conv1").weights(conv(P, in, out, 1)).call("x, w, \"p\""),
                picture("upsample").weights(conv(P, in, out, 3)).call("x, w, \"p\""),
                picture("vae_downsample").weights(conv(P, in, out, 3)).call("x, w, \"p\""));
    }

    private Operation adapted(String kernel, int size, int stride) {
        return picture(kernel, "adapter, %dx%d, stride %d".formatted(size, size, stride))
                .weights(conv(P, in, out, size))
                .weight(Adapters.down(P), RANK, in, size, size)
                .weight(Adapters.up(P), out, RANK, 1, 1)
                .given(Adapters.scale(P), new double[] {0.5})
                .call("x, w, \"p\", %d, %d".formatted(stride, size / 2));
    }

    private List<Operation> norms() {
        return List.of(
                picture("group_norm").weights(affine(P, in)).call("x, w, \"p\", %d, 1e-05".formatted(groups(in))),
                picture("norm_silu").weights(affine(P, in)).call("x, w, \"p\", %d, 1e-05".formatted(groups(in))),
                Operation.of("layer_norm")
                        .input("x", batch, LENGTH, features())
                        .weights(affine(P, features()))
                        .call("x, w, \"p\", 1e-05"));
    }

    private List<Operation> plain() {
        return List.of(
                picture("concatenate").input("other", batch, out, height, width).call("x, other, w, \"\""),
                picture("sum").input("other", batch, in, height, width).call("x, other, w, \"\""),
                picture("to_float").call("x, w, \"\""),
                tokens("first_token").call("x, w, \"\""),
                tokens("log_softmax").call("x, w, \"\""),
                tokens("activation", "gelu").call("x, \"gelu\""),
                tokens("activation", "quick_gelu").call("x, \"quick_gelu\""),
                picture("class_and_patches").weight("p.class_embedding", in).call("x, w, \"p\""));
    }

    private List<Operation> attention() {
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
                tokens("unet_attention")
                        .input("context", batch, CONTEXT, out)
                        .weights(attention(P, in, out))
                        .call("x, context, w, \"p\", %d".formatted(heads(in))),
                picture("vae_attention")
                        .weights(
                                affine("p.group_norm", in),
                                linear("p.to_q", in, in, true),
                                linear("p.to_k", in, in, true),
                                linear("p.to_v", in, in, true),
                                linear("p.to_out.0", in, in, true))
                        .call("x, w, \"p\", %d".formatted(groups(in))));
    }

    private static List<WeightSpec> attention(String prefix, int features, int context) {
        return all(
                linear(prefix + ".to_q", features, features, false),
                linear(prefix + ".to_k", context, features, false),
                linear(prefix + ".to_v", context, features, false),
                linear(prefix + ".to_out.0", features, features, true));
    }

    private List<Operation> residual() {
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

    private List<Operation> embeddings() {
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

    private List<Operation> transformers() {
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
                attention(prefix + ".attn1", features, features),
                affine(prefix + ".norm2", features),
                attention(prefix + ".attn2", features, context),
                affine(prefix + ".norm3", features),
                linear(prefix + ".ff.net.0.proj", features, 4 * features, true),
                linear(prefix + ".ff.net.2", 2 * features, features, true));
    }

    /** CLIP, the vision transformers, and BERT. */
    private List<Operation> textEncoders() {
        return Stream.of(clip(), vision(), bert()).flatMap(List::stream).toList();
    }

    private List<WeightSpec> feedForward() {
        return all(
                affine("p.layer_norm2", in),
                linear("p.mlp.fc1", in, 2 * in, true),
                linear("p.mlp.fc2", 2 * in, in, true));
    }

    private List<Operation> clip() {
        List<WeightSpec> attention = all(
                affine("p.layer_norm1", in),
                linear("p.self_attn.q_proj", in, in, true),
                linear("p.self_attn.k_proj", in, in, true),
                linear("p.self_attn.v_proj", in, in, true),
                linear("p.self_attn.out_proj", in, in, true));
        return List.of(
                tokens("clip_layer_end").weights(feedForward()).call("x, w, \"p\", \"gelu\", 1e-05"),
                tokens("clip_layer", "causal")
                        .weights(attention, feedForward())
                        .call("x, w, \"p\", %d, \"quick_gelu\", 1e-05, True".formatted(heads(in))),
                Operation.of("clip_text_embedding")
                        .index("ids", VOCABULARY + 2, batch, LENGTH)
                        .weight("rows", 2, in)
                        .weight("p.token_embedding.weight", VOCABULARY, in)
                        .weight("p.position_embedding.weight", LENGTH + 2, in)
                        .call("ids, rows, w, \"p\", " + VOCABULARY),
                tokens("clip_pooled", "by the largest id")
                        .index("ids", VOCABULARY + 2, batch, LENGTH)
                        .call("x, ids, w, \"\", 2, " + VOCABULARY),
                tokens("clip_pooled", "by the end's id")
                        .index("ids", VOCABULARY, batch, LENGTH)
                        .call("x, ids, w, \"\", 3, " + VOCABULARY));
    }

    private List<Operation> vision() {
        int patches = (height / PATCH) * (width / PATCH);
        return List.of(
                picture("clip_vision_embedding")
                        .weight("p.patch_embedding.weight", out, in, PATCH, PATCH)
                        .weight("p.class_embedding", out)
                        .weight("p.position_embedding.weight", 1 + patches, out)
                        .call("x, w, \"p\", " + PATCH),
                picture("vit_embedding")
                        .weights(conv("p.patch_embedding", in, out, PATCH))
                        .weight("p.class_embedding", out)
                        .weight("p.position_embedding", 1, 1 + patches, out)
                        .call("x, w, \"p\", " + PATCH),
                tokens("blip_vision_layer")
                        .weights(
                                affine("p.layer_norm1", in),
                                linear("p.self_attn.qkv", in, 3 * in, true),
                                linear("p.self_attn.projection", in, in, true),
                                feedForward())
                        .call("x, w, \"p\", %d, \"gelu\", 1e-05".formatted(heads(in))));
    }

    private List<Operation> bert() {
        return List.of(
                Operation.of("bert_embedding")
                        .index("ids", VOCABULARY, batch, LENGTH)
                        .weight("p.word_embeddings.weight", VOCABULARY, in)
                        .weight("p.position_embeddings.weight", LENGTH + 2, in)
                        .weights(affine("p.LayerNorm", in))
                        .call("ids, w, \"p\", 1e-05"),
                tokens("bert_residual")
                        .input("change", batch, LENGTH, out)
                        .weights(dense(P, out))
                        .call("x, change, w, \"p\", 1e-05"),
                tokens("bert_layer")
                        .input("k", 1, CONTEXT, in)
                        .input("v", 1, CONTEXT, in)
                        .weights(
                                linear("p.attention.self.query", in, in, true),
                                linear("p.attention.self.key", in, in, true),
                                linear("p.attention.self.value", in, in, true),
                                dense("p.attention.output", in),
                                linear("p.crossattention.self.query", in, in, true),
                                dense("p.crossattention.output", in),
                                linear("p.intermediate.dense", in, 2 * in, true),
                                dense("p.output", 2 * in))
                        .call("x, k, v, w, \"p\", %d, \"gelu\", 1e-05".formatted(heads(in))),
                tokens("bert_next_token")
                        .weights(linear("p.transform.dense", in, in, true), affine("p.transform.LayerNorm", in))
                        .weight("p.words", VOCABULARY, in)
                        .weight("p.bias", VOCABULARY)
                        .call("x, w, \"p\", \"p.words\", \"gelu\", 1e-05"));
    }

    private List<WeightSpec> dense(String prefix, int from) {
        return all(linear(prefix + ".dense", from, in, true), affine(prefix + ".LayerNorm", in));
    }
}
