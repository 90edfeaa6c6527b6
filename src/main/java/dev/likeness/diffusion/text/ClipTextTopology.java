package dev.likeness.diffusion.text;

import dev.likeness.diffusion.graph.Block;
import dev.likeness.diffusion.graph.Blocks;
import dev.likeness.diffusion.graph.ClipLayers;
import dev.likeness.diffusion.graph.Ops;
import dev.likeness.diffusion.graph.Topology;
import dev.likeness.diffusion.graph.WeightSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * CLIPTextModel of transformers: from token ids [B, L] and embeddings of new tokens [N, D] to the states after the last norm,
 * those of the second last layer, and the pooled one. Ids that follow the vocabulary's are new tokens. Their embeddings are an
 * input of the network, so their gradient does not cover the whole vocabulary.
 *
 * @param skipped layers at the end that only the pooled state passes; 0 to one less than all layers
 * @param masked whether a further input [B, L] hides tokens from others: 1 for a visible token, 0 for a hidden one
 */
record ClipTextTopology(ClipTextConfig config, int skipped, boolean masked) implements Topology {

    /** The whole network. */
    ClipTextTopology(ClipTextConfig config) {
        this(config, 0, false);
    }

    @Override
    public String name() {
        return "encode_text" + (skipped == 0 ? "" : "_skip_" + skipped) + (masked ? "_masked" : "");
    }

    @Override
    public List<String> inputs() {
        return masked ? List.of("ids", "rows", "visible") : List.of("ids", "rows");
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
        List<T> states = new ArrayList<>(List.of(h));
        for (int i = 0; i < config.numHiddenLayers(); i++) {
            String prefix = "text_model.encoder.layers." + i;
            h = masked ? ops.apply(layers.maskedLayer(prefix), h, inputs.get(2)) : ops.apply(layers.layer(prefix), h);
            states.add(h);
        }
        int used = config.numHiddenLayers() - skipped;
        T end = normed(ops, h);
        T last = skipped == 0 ? end : normed(ops, states.get(used));
        T penultimate = ops.apply(Blocks.toFloat(), states.get(Math.max(0, used - 1)));
        T pooled = ops.apply(
                new Block("clip_pooled", "", List.of(config.eosTokenId(), config.vocabSize()), List.of()), end, ids);
        return List.of(
                last,
                penultimate,
                config.projects() ? ops.apply(Blocks.toFloat(), ops.apply(projection(), pooled)) : pooled);
    }

    private <T> T normed(Ops<T> ops, T states) {
        return ops.apply(
                Blocks.toFloat(),
                ops.apply(
                        Blocks.layerNorm("text_model.final_layer_norm", config.hiddenSize(), config.layerNormEps()),
                        states));
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
