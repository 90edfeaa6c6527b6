package dev.likeness.diffusion.method;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.adapter.LayerTensor;
import dev.likeness.diffusion.adapter.MomentumState;
import dev.likeness.diffusion.graph.Adapters;
import dev.likeness.diffusion.lora.LoraAdapter;
import dev.likeness.diffusion.lora.LoraAdapter.Layer;
import dev.likeness.diffusion.lora.WeightChange;
import dev.likeness.diffusion.model.ModelInfo;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.SafeTensors;
import dev.likeness.diffusion.tensor.SafeTensorsWriter;
import dev.likeness.diffusion.tensor.TensorReader;
import dev.likeness.diffusion.token.Placeholder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** The safetensors file of trained weights. */
public final class TrainedWeightsFile {

    private static final String FORMAT = "likeness.weights/2";
    private static final String TOKEN = "token.";
    private static final String ZERO_TERMINAL_SNR = "zero_terminal_snr";

    /** Key of the scales of the changes at each layer. */
    private static final String CHANGES = "changes";

    private final SafeTensors file;
    private final Set<String> weights;

    /**
     * @param weights names of the base model's weights
     * @throws InvalidModelException if it belongs to another base model
     */
    TrainedWeightsFile(SafeTensors file, ModelInfo base, Set<String> weights) {
        if (!isOne(file) || !base.hash().equals(file.metadata().get("base"))) {
            throw new InvalidModelException("the weights were trained on another base model");
        }
        this.file = file;
        this.weights = weights;
    }

    /** Whether a file has this format. */
    static boolean isOne(SafeTensors file) {
        return FORMAT.equals(file.metadata().get("format"));
    }

    /** Whether a file's weights were trained with zero terminal SNR, so that sampling begins with pure noise. */
    public static boolean hasZeroTerminalSnr(Path file) {
        return SafeTensors.open(file).metadata().containsKey(ZERO_TERMINAL_SNR);
    }

    /**
     * Writes trained weights.
     *
     * @param zeroTerminalSnr whether a job trained them with zero terminal SNR
     */
    public static void write(OutputStream out, TrainedWeights weights, ModelInfo info, boolean zeroTerminalSnr)
            throws IOException {
        Map<String, NDArray> tensors = new LinkedHashMap<>(weights.weights());
        Map<String, Double> alphas = new LinkedHashMap<>();
        weights.adapter().layers().forEach((name, layer) -> {
            tensors.put(Adapters.down(name), layer.down());
            tensors.put(Adapters.up(name), layer.up());
            alphas.put(name, layer.alpha());
        });
        Map<String, List<Double>> scales = new LinkedHashMap<>();
        weights.adapter().changes().forEach((name, changes) -> {
            for (int i = 0; i < changes.size(); i++) {
                int number = i;
                changes.get(i)
                        .tensors()
                        .forEach((tensor, values) -> tensors.put(Adapters.change(name, number, tensor.key()), values));
            }
            scales.put(name, changes.stream().map(WeightChange::scale).toList());
        });
        for (int textEncoder = 0; textEncoder < weights.rows().size(); textEncoder++) {
            tensors.put(TOKEN + textEncoder, weights.rows().get(textEncoder));
        }
        JsonMapper json = JsonMapper.shared();
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("format", FORMAT);
        notes.put("base", info.hash());
        notes.put("alphas", json.writeValueAsString(alphas));
        if (!scales.isEmpty()) {
            notes.put(CHANGES, json.writeValueAsString(scales));
        }
        notes.put("placeholders", json.writeValueAsString(weights.placeholders()));
        if (zeroTerminalSnr) {
            notes.put(ZERO_TERMINAL_SNR, Boolean.toString(true));
        }
        if (weights.momentum() != null) {
            notes.putAll(weights.momentum().header());
        }
        SafeTensorsWriter.write(out, tensors, notes);
    }

    /** The tensors that replace the base model's own. */
    SafeTensors ownWeights() {
        return file.only(weights);
    }

    /**
     * The trained weights beside the base model's own: adapter, embeddings and momentum.
     *
     * @param manager owns it
     * @throws InvalidModelException if it is incomplete
     */
    TrainedWeights beside(NDManager manager) {
        List<NDArray> rows = rows(manager);
        List<Integer> lengths =
                rows.stream().map(row -> Math.toIntExact(row.size())).toList();
        return new TrainedWeights(
                Map.of(),
                adapter(manager),
                placeholders(),
                rows,
                List.of(),
                MomentumState.read(file.metadata(), lengths));
    }

    private LoraAdapter adapter(NDManager manager) {
        Map<String, Layer> layers = new LinkedHashMap<>();
        @SuppressWarnings("unchecked")
        Map<String, Number> alphas = JsonMapper.shared()
                .readValue(Objects.requireNonNull(file.metadata().get("alphas")), Map.class);
        alphas.forEach((name, alpha) -> layers.put(
                name,
                new Layer(read(manager, Adapters.down(name)), read(manager, Adapters.up(name)), alpha.doubleValue())));
        return new LoraAdapter(layers, changes(manager));
    }

    private Map<String, List<WeightChange>> changes(NDManager manager) {
        Map<String, List<WeightChange>> changes = new LinkedHashMap<>();
        @SuppressWarnings("unchecked")
        Map<String, List<Number>> scales =
                JsonMapper.shared().readValue(file.metadata().getOrDefault(CHANGES, "{}"), Map.class);
        scales.forEach((name, each) -> {
            List<WeightChange> found = new ArrayList<>();
            for (Number scale : each) {
                found.add(change(manager, name, found.size(), scale.doubleValue()));
            }
            changes.put(name, found);
        });
        return changes;
    }

    private WeightChange change(NDManager manager, String layer, int number, double scale) {
        Map<LayerTensor, NDArray> tensors = new EnumMap<>(LayerTensor.class);
        for (LayerTensor tensor : LayerTensor.values()) {
            String name = Adapters.change(layer, number, tensor.key());
            if (file.entries().containsKey(name)) {
                tensors.put(tensor, read(manager, name));
            }
        }
        if (tensors.isEmpty()) {
            throw new InvalidModelException("the weights have no change of " + layer);
        }
        return new WeightChange(tensors, scale, 1);
    }

    private List<Placeholder> placeholders() {
        return List.of(JsonMapper.shared()
                .readValue(Objects.requireNonNull(file.metadata().get("placeholders")), Placeholder[].class));
    }

    private List<NDArray> rows(NDManager manager) {
        List<NDArray> rows = new ArrayList<>();
        for (int textEncoder = 0; file.entries().containsKey(TOKEN + textEncoder); textEncoder++) {
            rows.add(read(manager, TOKEN + textEncoder));
        }
        return rows;
    }

    private NDArray read(NDManager manager, String name) {
        SafeTensors.Entry entry = file.entries().get(name);
        if (entry == null) {
            throw new InvalidModelException("the weights have no " + name);
        }
        return TensorReader.readFloat(manager, entry);
    }
}
