package dev.likeness.diffusion.evaluation;

import dev.likeness.diffusion.graph.Block;
import dev.likeness.diffusion.graph.Blocks;
import dev.likeness.diffusion.graph.ClipLayers;
import dev.likeness.diffusion.graph.Ops;
import dev.likeness.diffusion.graph.PictureTopology;
import dev.likeness.diffusion.graph.WeightSpec;
import java.util.List;

/** The image encoder of transformers' CLIPModel: preprocessed pictures [B, 3, S, S] to embeddings [B, E]. */
record ClipVisionTopology(ClipVisionConfig config) implements PictureTopology {

    private static final String ROOT = "vision_model.";

    @Override
    public <T> List<T> build(Ops<T> ops, List<T> inputs) {
        int features = config.hiddenSize();
        double epsilon = config.layerNormEps();
        ClipLayers layers = new ClipLayers(
                features, config.intermediateSize(), config.numAttentionHeads(), config.hiddenAct(), epsilon, false);
        T h = ops.apply(embedding(), inputs.get(0));
        // The name is misspelt in every published file.
        h = ops.apply(Blocks.layerNorm(ROOT + "pre_layrnorm", features, epsilon), h);
        for (int i = 0; i < config.numHiddenLayers(); i++) {
            h = ops.apply(layers.layer(ROOT + "encoder.layers." + i), h);
        }
        h = ops.apply(new Block("first_token", "", List.of(), List.of()), h);
        h = ops.apply(Blocks.layerNorm(ROOT + "post_layernorm", features, epsilon), h);
        String projection = "visual_projection";
        h = ops.apply(
                new Block(
                        "linear",
                        projection,
                        List.of(),
                        Blocks.linear(projection, features, config.projectionDim(), false)),
                h);
        return List.of(ops.apply(Blocks.toFloat(), h));
    }

    private Block embedding() {
        String prefix = ROOT + "embeddings";
        int features = config.hiddenSize();
        int patch = config.patchSize();
        return new Block(
                "clip_vision_embedding",
                prefix,
                List.of(patch),
                List.of(
                        new WeightSpec(prefix + ".class_embedding", features),
                        new WeightSpec(prefix + ".patch_embedding.weight", features, 3, patch, patch),
                        new WeightSpec(prefix + ".position_embedding.weight", config.tokens(), features)));
    }
}
