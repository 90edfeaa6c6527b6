package dev.likeness.diffusion.check;

import static dev.likeness.diffusion.graph.Blocks.affine;
import static dev.likeness.diffusion.graph.Blocks.all;
import static dev.likeness.diffusion.graph.Blocks.conv;
import static dev.likeness.diffusion.graph.Blocks.linear;

import dev.likeness.diffusion.graph.WeightSpec;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Kernels of CLIP, the vision transformers, and BERT. */
final class TextEncoderOperations extends SizedOperations {

    TextEncoderOperations(Operations size) {
        super(size);
    }

    List<Operation> textEncoders() {
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
                tokens("masked_clip_layer")
                        .given("visible", allButOne(), batch, LENGTH)
                        .weights(attention, feedForward())
                        .call("x, visible, w, \"p\", %d, \"quick_gelu\", 1e-05".formatted(heads(in))),
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

    /** Of each text the middle token is hidden. With one visible key only, gradients of queries and keys would be 0. */
    private double[] allButOne() {
        return IntStream.range(0, batch * LENGTH)
                .mapToDouble(i -> i % LENGTH == LENGTH / 2 ? 0 : 1)
                .toArray();
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
