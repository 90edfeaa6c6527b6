package dev.likeness.diffusion.text;

import dev.likeness.diffusion.graph.Block;
import dev.likeness.diffusion.graph.Blocks;
import dev.likeness.diffusion.graph.ClipLayers;
import dev.likeness.diffusion.graph.Ops;
import dev.likeness.diffusion.graph.Topology;
import dev.likeness.diffusion.graph.WeightSpec;
import java.util.List;

/** CLIPTextModel of transformers: token ids [B, L] to the states after the last norm, the second last layer's, and the pooled one. */
record ClipTextTopology(ClipTextConfig config) implements Topology {

    @Override
    public String name() {
        return "encode_text";
    }

    @Override
    public List<String> inputs() {
        return List.of("ids");
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
        T h = ops.apply(embedding(), ids);
        T penultimate = h;
        for (int i = 0; i < config.numHiddenLayers(); i++) {
            penultimate = h;
            h = ops.apply(layers.layer("text_model.encoder.layers." + i), h);
        }
        T last = ops.apply(
                Blocks.layerNorm("text_model.final_layer_norm", config.hiddenSize(), config.layerNormEps()), h);
        last = ops.apply(Blocks.toFloat(), last);
        penultimate = ops.apply(Blocks.toFloat(), penultimate);
        Block pooled = new Block("clip_pooled", "", List.of(config.eosTokenId()), List.of());
        return List.of(last, penultimate, ops.apply(pooled, last, ids));
    }

    private Block embedding() {
        String prefix = "text_model.embeddings";
        return new Block(
                "clip_text_embedding",
                prefix,
                List.of(),
                List.of(
                        new WeightSpec(prefix + ".token_embedding.weight", config.vocabSize(), config.hiddenSize()),
                        new WeightSpec(
                                prefix + ".position_embedding.weight",
                                config.maxPositionEmbeddings(),
                                config.hiddenSize())));
    }
}
