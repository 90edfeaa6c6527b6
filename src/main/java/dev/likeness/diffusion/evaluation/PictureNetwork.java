package dev.likeness.diffusion.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.graph.Network;
import dev.likeness.diffusion.graph.Topology;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A network that computes one embedding of each square picture. */
final class PictureNetwork implements AutoCloseable {

    private static final int BATCH = 16;

    private final NDManager manager;
    private final Topology topology;
    private final Network network;
    private final int side;

    /** @param side of a picture in pixels */
    PictureNetwork(NDManager manager, Topology topology, Map<String, NDArray> weights, int side) {
        this.manager = manager;
        this.topology = topology;
        this.network = new Network(manager, List.of(topology), weights);
        this.side = side;
    }

    /**
     * Embeds pictures in small batches.
     *
     * @param pixels for each picture its preprocessed values [3, S, S]
     */
    float[][] embed(List<float[]> pixels) {
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
            NDArray pixels = scope.create(buffer.flip(), new Shape(batch.size(), 3, side, side));
            return network.forward(scope, topology, pixels).get(0).toFloatArray();
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
