package dev.likeness.diffusion.text;

import dev.likeness.diffusion.graph.Block;
import dev.likeness.diffusion.graph.Blocks;
import dev.likeness.diffusion.graph.ClipLayers;
import dev.likeness.diffusion.graph.Ops;
import dev.likeness.diffusion.graph.Topology;
import dev.likeness.diffusion.graph.WeightSpec;
import java.util.List;
import java.util.Objects;

/**
 * CLIPTextModel of transformers: from token ids [B, L] and embeddings of new tokens [N, D] to the states after the last norm,
 * those of the second last layer, and the pooled one. Ids that follow the vocabulary's are new tokens. Their embeddings are an
 * input of the network, so their gradient does not cover the whole vocabulary.
 */
record ClipTextTopology(ClipTextConfig config) implements Topology {

    @Override
    public String name() {
        return "encode_text";
    }

    @Override
    public List<String> inputs() {
        return List.of("ids", "rows");
    }

    @Override
    public <T> List<T> build(Ops<T> ops, List<T> inputs) {
        T ids = inputs.get(0);
        ClipLayers layers = new ClipLayers(
                config.hiddenSize(),
                config.intermediateSize(),
                config.numAttentionHeads(),
                config.hiddenAct(),
                config.layerNormEps(),
                true);
        T h = ops.apply(embedding(), ids, inputs.get(1));
        T penultimate = h;
        for (int i = 0; i < config.numHiddenLayers(); i++) {
            penultimate = h;
            h = ops.apply(layers.layer("text_model.encoder.layers." + i), h);
        }
        T last = ops.apply(
                Blocks.layerNorm("text_model.final_layer_norm", config.hiddenSize(), config.layerNormEps()), h);
        last = ops.apply(Blocks.toFloat(), last);
        penultimate = ops.apply(Blocks.toFloat(), penultimate);
        T pooled = ops.apply(
                new Block("clip_pooled", "", List.of(config.eosTokenId(), config.vocabSize()), List.of()), last, ids);
        return List.of(
                last,
                penultimate,
                config.projects() ? ops.apply(Blocks.toFloat(), ops.apply(projection(), pooled)) : pooled);
    }

    private Block projection() {
        String prefix = "text_projection";
        int features = Objects.requireNonNull(config.projectionDim());
        return new Block("linear", prefix, List.of(), Blocks.linear(prefix, config.hiddenSize(), features, false));
    }

    private Block embedding() {
        String prefix = "text_model.embeddings";
        return new Block(
                "clip_text_embedding",
                prefix,
                List.of(config.vocabSize()),
                List.of(
                        new WeightSpec(prefix + ".token_embedding.weight", config.vocabSize(), config.hiddenSize()),
                        new WeightSpec(
                                prefix + ".position_embedding.weight",
                                config.maxPositionEmbeddings(),
                                config.hiddenSize())));
    }
}
