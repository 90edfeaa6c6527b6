package dev.likeness.diffusion.evaluation;

import dev.likeness.diffusion.graph.Block;
import dev.likeness.diffusion.graph.Blocks;
import dev.likeness.diffusion.graph.ClipLayers;
import dev.likeness.diffusion.graph.Ops;
import dev.likeness.diffusion.graph.PictureTopology;
import dev.likeness.diffusion.graph.WeightSpec;
import java.util.List;

/**
 * A vision transformer (Dosovitskiy et al. 2020, arXiv:2010.11929): preprocessed pictures [B, 3, S, S] to the class
 * token's last state [B, D]. Its layers are those of CLIP, and {@link DinoWeights} gives them CLIP's names.
 *
 * @param tokens number of patches and the class token
 */
record DinoTopology(DinoConfig config, int tokens) implements PictureTopology {

    static final String EMBEDDINGS = "embeddings";

    @Override
    public <T> List<T> build(Ops<T> ops, List<T> inputs) {
        int features = config.hiddenSize();
        ClipLayers layers = new ClipLayers(
                features,
                config.hidden(),
                config.numAttentionHeads(),
                config.hiddenAct(),
                config.layerNormEps(),
                false);
        T h = ops.apply(embedding(features), inputs.get(0));
        for (int i = 0; i < config.numHiddenLayers(); i++) {
            h = ops.apply(layers.layer("encoder.layer." + i), h);
        }
        h = ops.apply(new Block("first_token", "", List.of(), List.of()), h);
        h = ops.apply(Blocks.layerNorm("layernorm", features, config.layerNormEps()), h);
        return List.of(ops.apply(Blocks.toFloat(), h));
    }

    private Block embedding(int features) {
        return new Block(
                "vit_embedding",
                EMBEDDINGS,
                List.of(config.patchSize()),
                Blocks.all(
                        List.of(
                                new WeightSpec(EMBEDDINGS + ".class_embedding", 1, 1, features),
                                new WeightSpec(EMBEDDINGS + ".position_embedding", 1, tokens, features)),
                        Blocks.conv(EMBEDDINGS + ".patch_embedding", 3, features, config.patchSize())));
    }
}
