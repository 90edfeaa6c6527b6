package dev.likeness.diffusion.evaluation;

import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.graph.Topology;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.ModelConfig;
import dev.likeness.diffusion.tensor.SafeTensors;
import java.nio.file.Path;
import java.util.List;

/**
 * DINO (Caron et al. 2021, arXiv:2104.14294) and DINOv2 (Oquab et al. 2023, arXiv:2304.07193), from a transformers
 * ViTModel or Dinov2Model folder. A picture's embedding is the class token's last state.
 */
public final class DinoImageEncoder implements AutoCloseable {

    private final PictureNetwork network;

    private DinoImageEncoder(PictureNetwork network) {
        this.network = network;
    }

    /**
     * Loads a network.
     *
     * @param side of input pictures in pixels; positions are interpolated if they were trained for another size
     * @throws InvalidModelException if something is missing, not supported, or does not match
     */
    public static DinoImageEncoder load(NDManager parent, Path folder, int side) {
        DinoConfig config = ModelConfig.read(folder.resolve("config.json"), DinoConfig.class, DinoConfig.DEFAULTS);
        requireSupported(config);
        if (side < config.patchSize() || side % config.patchSize() != 0) {
            throw new InvalidModelException(
                    "dino: pictures of %d pixels do not divide into patches of %d".formatted(side, config.patchSize()));
        }
        int patches = side / config.patchSize();
        Topology topology = new DinoTopology(config, patches * patches + 1);
        return new DinoImageEncoder(new PictureNetwork(
                parent,
                topology,
                DinoWeights.read(parent, SafeTensors.openModel(folder, "model"), config, topology, patches),
                side));
    }

    private static void requireSupported(DinoConfig config) {
        if (!List.of(DinoConfig.VIT, DinoConfig.DINOV2).contains(config.modelType())) {
            throw new InvalidModelException("dino: model_type %s is neither %s nor %s"
                    .formatted(config.modelType(), DinoConfig.VIT, DinoConfig.DINOV2));
        }
        if (config.useSwigluFfn()) {
            throw new InvalidModelException("dino: use_swiglu_ffn is not supported");
        }
        if (!config.qkvBias()) {
            throw new InvalidModelException("dino: qkv_bias false is not supported");
        }
    }

    /**
     * Embeds pictures.
     *
     * @param pixels for each picture its preprocessed values [3, S, S]
     * @return for each picture its embedding, not normalised
     */
    public float[][] embed(List<float[]> pixels) {
        return network.embed(pixels);
    }

    @Override
    public void close() {
        network.close();
    }
}
