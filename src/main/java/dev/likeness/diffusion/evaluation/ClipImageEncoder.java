package dev.likeness.diffusion.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.graph.NeededWeights;
import dev.likeness.diffusion.graph.Topology;
import dev.likeness.diffusion.graph.Weights;
import dev.likeness.diffusion.tensor.ConfigDefaults;
import dev.likeness.diffusion.tensor.ModelConfig;
import dev.likeness.diffusion.tensor.SafeTensors;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** CLIP's image encoder, from a transformers CLIPModel folder. */
public final class ClipImageEncoder implements AutoCloseable {

    private final PictureNetwork network;

    private ClipImageEncoder(PictureNetwork network) {
        this.network = network;
    }

    /**
     * Loads the image encoder of a CLIPModel folder. Ignores its text encoder.
     *
     * @throws dev.likeness.diffusion.tensor.InvalidModelException if something is missing or does not match
     */
    public static ClipImageEncoder load(NDManager parent, Path folder) {
        ClipVisionConfig config = ModelConfig.read(
                folder.resolve("config.json"), "vision_config", ClipVisionConfig.class, ConfigDefaults.CLIP_VISION);
        Topology topology = new ClipVisionTopology(config);
        Map<String, NDArray> weights = Weights.read(
                parent,
                "clip",
                SafeTensors.openModel(folder, "model"),
                NeededWeights.of(List.of(topology)),
                visionSide());
        return new ClipImageEncoder(new PictureNetwork(parent, topology, weights, config.imageSize()));
    }

    private static UnaryOperator<String> visionSide() {
        return key -> (key.startsWith("vision_model.") || key.startsWith("visual_projection."))
                        && !key.endsWith("embeddings.position_ids")
                ? key
                : "";
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
