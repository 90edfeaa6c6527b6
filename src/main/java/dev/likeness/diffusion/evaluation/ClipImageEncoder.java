package dev.likeness.diffusion.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.graph.Network;
import dev.likeness.diffusion.graph.Topology;
import dev.likeness.diffusion.graph.Weights;
import dev.likeness.diffusion.tensor.ConfigDefaults;
import dev.likeness.diffusion.tensor.ModelConfig;
import dev.likeness.diffusion.tensor.SafeTensors;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** CLIP's vision tower, as it comes in a transformers CLIPModel folder. */
public final class ClipImageEncoder implements AutoCloseable {

    private static final int BATCH = 16;

    private final ClipVisionConfig config;
    private final Topology topology;
    private final Network network;
    private final NDManager manager;

    private ClipImageEncoder(ClipVisionConfig config, Topology topology, Network network, NDManager manager) {
        this.config = config;
        this.topology = topology;
        this.network = network;
        this.manager = manager;
    }

    /**
     * Loads the vision tower of a CLIPModel folder; its text tower is left alone.
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
                Weights.needed(List.of(topology)),
                visionSide());
        Network network = new Network(parent, List.of(topology), weights);
        return new ClipImageEncoder(config, topology, network, parent);
    }

    private static UnaryOperator<String> visionSide() {
        return key -> (key.startsWith("vision_model.") || key.startsWith("visual_projection."))
                        && !key.endsWith("embeddings.position_ids")
                ? key
                : "";
    }

    /** Side of the square pictures it takes, in pixels. */
    public int imageSize() {
        return config.imageSize();
    }

    /**
     * Embeds pictures.
     *
     * @param pixels for each picture its preprocessed values [3, S, S]
     * @return for each picture its embedding, not normalised
     */
    public float[][] embed(List<float[]> pixels) {
        float[][] embeddings = new float[pixels.size()][];
        for (int start = 0; start < pixels.size(); start += BATCH) {
            List<float[]> batch = pixels.subList(start, Math.min(start + BATCH, pixels.size()));
            float[] flat = embedBatch(batch);
            int length = flat.length / batch.size();
            for (int i = 0; i < batch.size(); i++) {
                embeddings[start + i] = Arrays.copyOfRange(flat, i * length, (i + 1) * length);
            }
        }
        return embeddings;
    }

    private float[] embedBatch(List<float[]> batch) {
        FloatBuffer buffer = FloatBuffer.allocate(batch.size() * batch.get(0).length);
        batch.forEach(buffer::put);
        try (NDManager scope = manager.newSubManager()) {
            NDArray pixels =
                    scope.create(buffer.flip(), new Shape(batch.size(), 3, config.imageSize(), config.imageSize()));
            return network.forward(scope, topology, pixels).get(0).toFloatArray();
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
