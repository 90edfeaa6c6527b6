package dev.likeness.diffusion.caption;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.graph.NeededWeights;
import dev.likeness.diffusion.graph.Network;
import dev.likeness.diffusion.graph.Topology;
import dev.likeness.diffusion.graph.Weights;
import dev.likeness.diffusion.tensor.SafeTensors;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * BLIP's image encoder and text decoder (Li et al. 2022, arXiv:2201.12086, section 3.1). The decoder predicts the next
 * token of a text about a picture.
 */
public final class Blip implements AutoCloseable {

    private final BlipConfig config;
    private final Topology vision;
    private final Topology text;
    private final Network network;
    private final NDManager manager;

    private Blip(BlipConfig config, Topology vision, Topology text, Network network, NDManager manager) {
        this.config = config;
        this.vision = vision;
        this.text = text;
        this.network = network;
        this.manager = manager;
    }

    /**
     * A picture as the decoder's input.
     *
     * @param embeds the image encoder's last states [1, 1 + N, D]
     * @param keysAndValues for each layer of the decoder its keys and its values [1, 1 + N, E]
     */
    public record ImageFeatures(NDArray embeds, List<NDArray> keysAndValues) {}

    /**
     * Loads the networks of a BlipForConditionalGeneration folder.
     *
     * @param parent owns the networks' memory
     * @throws dev.likeness.diffusion.tensor.InvalidModelException if something is missing, not supported, or does not
     *     match
     */
    public static Blip load(NDManager parent, Path folder) {
        BlipConfig config = BlipConfig.read(folder.resolve("config.json"));
        BlipWeights names = new BlipWeights(SafeTensors.openModel(folder, "model"));
        Topology vision = new BlipVisionTopology(config);
        Topology text = new BlipTextTopology(config.text(), names.output());
        List<Topology> topologies = List.of(vision, text);
        Map<String, NDArray> weights =
                Weights.read(parent, "blip", names.file(), NeededWeights.of(topologies), names::name);
        return new Blip(config, vision, text, new Network(parent, topologies, weights), parent);
    }

    /** Side of the square input pictures in pixels. */
    public int imageSize() {
        return config.vision().imageSize();
    }

    /** The first token of every text. */
    public long startToken() {
        return config.text().tokens().bosTokenId();
    }

    /** The last token of a text. */
    public long endToken() {
        return config.text().tokens().sepTokenId();
    }

    /** Maximum number of tokens in a text, including start and end. */
    public int maxLength() {
        return config.text().tokens().maxPositionEmbeddings();
    }

    /**
     * Encodes a picture.
     *
     * @param scope frees the result
     * @param pixels preprocessed values [3, S, S]
     */
    public ImageFeatures encode(NDManager scope, float[] pixels) {
        NDArray batch = scope.create(FloatBuffer.wrap(pixels), new Shape(1, 3, imageSize(), imageSize()));
        NDList outputs = network.forward(scope, vision, batch);
        return new ImageFeatures(outputs.get(0), List.copyOf(outputs.subList(1, outputs.size())));
    }

    /**
     * Scores every token as the next one.
     *
     * @param texts token ids of texts about the picture, all of the same length from 1 to {@link #maxLength()}
     * @return for each text a value for each token of the vocabulary, unnormalised
     */
    public float[][] logits(ImageFeatures picture, List<long[]> texts) {
        return nextToken(picture, texts, 0);
    }

    /** As {@link #logits}, but normalised: natural logarithms of probabilities. */
    public float[][] logProbabilities(ImageFeatures picture, List<long[]> texts) {
        return nextToken(picture, texts, 1);
    }

    private float[][] nextToken(ImageFeatures picture, List<long[]> texts, int output) {
        LongBuffer ids = LongBuffer.allocate(texts.size() * texts.get(0).length);
        texts.forEach(ids::put);
        try (NDManager scope = manager.newSubManager()) {
            List<NDArray> inputs = new ArrayList<>();
            inputs.add(scope.create(ids.flip(), new Shape(texts.size(), texts.get(0).length)));
            inputs.addAll(picture.keysAndValues());
            float[] flat = network.forward(scope, text, inputs.toArray(NDArray[]::new))
                    .get(output)
                    .toFloatArray();
            int vocabulary = flat.length / texts.size();
            float[][] scores = new float[texts.size()][];
            Arrays.setAll(scores, i -> Arrays.copyOfRange(flat, i * vocabulary, (i + 1) * vocabulary));
            return scores;
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
