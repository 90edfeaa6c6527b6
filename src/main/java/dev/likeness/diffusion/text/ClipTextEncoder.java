package dev.likeness.diffusion.text;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.graph.Network;
import dev.likeness.diffusion.graph.Tape;
import dev.likeness.diffusion.graph.Topology;
import dev.likeness.diffusion.graph.WeightSource;
import dev.likeness.diffusion.graph.Weights;
import dev.likeness.diffusion.tensor.Deviation;
import dev.likeness.diffusion.tensor.SafeTensors;
import dev.likeness.diffusion.tensor.WeightFiles;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** CLIP's text encoder. */
public final class ClipTextEncoder implements AutoCloseable {

    private static final String ROOT = "text_model.";
    private static final String PROJECTION = "text_projection.";

    private static final String TABLE = "text_model.embeddings.token_embedding.weight";

    /** Of the table, whose numbers are read one after another. */
    private static final int ROWS_AT_ONCE = 1024;

    private final ClipTextConfig config;
    private final Network network;

    private ClipTextEncoder(ClipTextConfig config, Network network) {
        this.config = config;
        this.network = network;
    }

    /**
     * The encoder's states of a batch of texts.
     *
     * @param lastHidden states of the last layer that is not skipped, after the last norm [B, L, D]
     * @param penultimate states of the layer before it [B, L, D]
     * @param pooled the state at the end of the text [B, D], projected where the encoder has a projection
     */
    public record States(NDArray lastHidden, NDArray penultimate, NDArray pooled) {

        /** The three, in order. */
        public List<NDArray> all() {
            return List.of(lastHidden, penultimate, pooled);
        }
    }

    /**
     * Loads a text encoder.
     *
     * @param parent owns its memory
     * @param folder holds config.json and the weights
     * @throws dev.likeness.diffusion.tensor.InvalidModelException if a file is missing or does not match
     */
    public static ClipTextEncoder load(NDManager parent, Path folder) {
        ClipTextConfig config = ClipTextConfig.read(folder.resolve("config.json"));
        return load(parent, folder, "text_encoder", config, ClipTextConfig::currentName);
    }

    /**
     * Loads the text encoder of a transformers CLIPModel folder, with its projection, and without the image encoder.
     *
     * @param parent owns its memory
     * @throws dev.likeness.diffusion.tensor.InvalidModelException if a file is missing or does not match
     */
    public static ClipTextEncoder loadOfClip(NDManager parent, Path folder) {
        ClipTextConfig config = ClipTextConfig.ofClip(folder.resolve("config.json"));
        return load(
                parent,
                folder,
                "clip",
                config,
                key -> key.startsWith(ROOT) || key.startsWith(PROJECTION) ? ClipTextConfig.currentName(key) : "");
    }

    private static ClipTextEncoder load(
            NDManager parent, Path folder, String part, ClipTextConfig config, UnaryOperator<String> rename) {
        WeightSource weights = Weights.in(
                part, SafeTensors.openModel(folder, WeightFiles.TRANSFORMERS.stem()), config.weights(), rename);
        return new ClipTextEncoder(config, new Network(parent, List.of(config.topology()), weights));
    }

    public ClipTextConfig config() {
        return config;
    }

    public Network network() {
        return network;
    }

    /** Token ids as the encoder's input [B, L]. */
    public static NDArray ids(NDManager scope, List<long[]> ids) {
        LongBuffer buffer = LongBuffer.allocate(ids.size() * ids.get(0).length);
        ids.forEach(buffer::put);
        return scope.create(buffer.flip(), new Shape(ids.size(), ids.get(0).length));
    }

    /** The rows for {@link #encode} and {@link #record} without new tokens. */
    public NDArray noRows(NDManager scope) {
        return scope.zeros(new Shape(1, config.hiddenSize()));
    }

    /**
     * The embeddings of tokens, [N, D], a copy.
     *
     * @param learned embeddings of the new tokens, whose ids follow the vocabulary's
     */
    public NDArray rows(NDManager scope, NDArray learned, long... ids) {
        return network.read(weights -> {
            NDArray table = Objects.requireNonNull(weights.get(TABLE));
            NDList rows = new NDList();
            for (long id : ids) {
                rows.add(id < config.vocabSize() ? table.get(id) : learned.get(id - config.vocabSize()));
            }
            NDArray copy = NDArrays.stack(rows);
            rows.close();
            copy.attach(scope);
            return copy;
        });
    }

    /** The standard deviation of all numbers in the table of embeddings. */
    public double deviation() {
        return network.read(weights -> {
            NDArray table = Objects.requireNonNull(weights.get(TABLE));
            Deviation deviation = new Deviation();
            for (long from = 0; from < config.vocabSize(); from += ROWS_AT_ONCE) {
                long to = Math.min(config.vocabSize(), from + ROWS_AT_ONCE);
                try (NDArray rows = table.get("%d:%d".formatted(from, to))) {
                    deviation.add(rows.toFloatArray());
                }
            }
            return deviation.value();
        });
    }

    /** Encodes with all layers. */
    public States encode(NDManager scope, NDArray ids, NDArray rows) {
        return encode(scope, ids, rows, 0);
    }

    /**
     * Encodes without recording a graph.
     *
     * @param scope frees the result
     * @param ids token ids [B, L]; ids that follow the vocabulary's are new tokens
     * @param rows embeddings of the new tokens [N, D]
     * @param skipped layers at the end that only the pooled state passes
     */
    public States encode(NDManager scope, NDArray ids, NDArray rows, int skipped) {
        return states(network.forward(scope, new ClipTextTopology(config, skipped, false), ids, rows));
    }

    /**
     * As {@link #encode}, with some tokens hidden from all others, as an attention mask does it in transformers. The start token
     * is always visible.
     *
     * @param visible 1 for each visible token, 0 for each hidden one, [B, L]
     */
    public States encodeMasked(NDManager scope, NDArray ids, NDArray visible, NDArray rows, int skipped) {
        return states(network.forward(scope, new ClipTextTopology(config, skipped, true), ids, rows, visible));
    }

    private static States states(NDList outputs) {
        return new States(outputs.get(0), outputs.get(1), outputs.get(2));
    }

    /**
     * Encodes so that gradients can be computed; the outputs are in the order of {@link States}, the inputs are ids and
     * rows.
     *
     * @param skipped layers at the end that only the pooled state passes
     * @param rowsWanted whether to compute the gradient of the new tokens' embeddings
     */
    public Tape record(
            NDManager scope,
            NDArray ids,
            NDArray rows,
            int skipped,
            boolean rowsWanted,
            Collection<String> trained,
            boolean checkpointing) {
        Topology topology = new ClipTextTopology(config, skipped, false);
        return network.record(scope, topology, List.of(ids, rows), List.of(false, rowsWanted), trained, checkpointing);
    }

    @Override
    public void close() {
        network.close();
    }
}
