package dev.likeness.diffusion.caption;

import dev.likeness.diffusion.graph.Block;
import dev.likeness.diffusion.graph.Blocks;
import dev.likeness.diffusion.graph.Ops;
import dev.likeness.diffusion.graph.PictureTopology;
import dev.likeness.diffusion.graph.WeightSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * BLIP's image encoder: preprocessed pictures [B, 3, S, S] to image embeddings [B, 1 + N, D], and for each layer of the
 * decoder the keys and the values [B, 1 + N, E] of its cross-attention, which do not depend on the text.
 */
record BlipVisionTopology(BlipConfig config) implements PictureTopology {

    private static final String ROOT = "vision_model.";

    @Override
    public <T> List<T> build(Ops<T> ops, List<T> inputs) {
        BlipVisionConfig vision = config.vision();
        T h = ops.apply(embedding(), inputs.get(0));
        for (int i = 0; i < vision.numHiddenLayers(); i++) {
            h = ops.apply(layer(ROOT + "encoder.layers." + i), h);
        }
        h = ops.apply(Blocks.layerNorm(ROOT + "post_layernorm", vision.hiddenSize(), vision.layerNormEps()), h);
        h = ops.apply(Blocks.toFloat(), h);
        List<T> outputs = new ArrayList<>();
        outputs.add(h);
        for (int i = 0; i < config.text().numHiddenLayers(); i++) {
            String attention = BlipTextTopology.layer(i) + ".crossattention.self";
            outputs.add(ops.apply(projection(attention + ".key"), h));
            outputs.add(ops.apply(projection(attention + ".value"), h));
        }
        return outputs;
    }

    private Block embedding() {
        String prefix = ROOT + "embeddings";
        int features = config.vision().hiddenSize();
        int patch = config.vision().patchSize();
        return new Block(
                "vit_embedding",
                prefix,
                List.of(patch),
                Blocks.all(
                        List.of(
                                new WeightSpec(prefix + ".class_embedding", 1, 1, features),
                                new WeightSpec(
                                        prefix + ".position_embedding",
                                        1,
                                        config.vision().tokens(),
                                        features)),
                        Blocks.conv(prefix + ".patch_embedding", 3, features, patch)));
    }

    private Block layer(String prefix) {
        BlipVisionConfig vision = config.vision();
        int features = vision.hiddenSize();
        return new Block(
                "blip_vision_layer",
                prefix,
                List.of(vision.numAttentionHeads(), vision.hiddenAct(), vision.layerNormEps()),
                Blocks.all(
                        Blocks.affine(prefix + ".layer_norm1", features),
                        Blocks.linear(prefix + ".self_attn.qkv", features, 3 * features, true),
                        Blocks.linear(prefix + ".self_attn.projection", features, features, true),
                        Blocks.affine(prefix + ".layer_norm2", features),
                        Blocks.linear(prefix + ".mlp.fc1", features, vision.intermediateSize(), true),
                        Blocks.linear(prefix + ".mlp.fc2", vision.intermediateSize(), features, true)));
    }

    private Block projection(String prefix) {
        return new Block(
                "linear",
                prefix,
                List.of(),
                Blocks.linear(
                        prefix, config.vision().hiddenSize(), config.text().hiddenSize(), true));
    }
}
