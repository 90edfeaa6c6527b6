package dev.likeness.diffusion.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.graph.Adapters;
import dev.likeness.diffusion.lora.LoraAdapter;
import dev.likeness.diffusion.lora.LoraAdapter.Layer;
import dev.likeness.diffusion.pipeline.GenerationRequest.AdapterScales;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.SafeTensors;
import dev.likeness.diffusion.tensor.SafeTensorsWriter;
import dev.likeness.diffusion.tensor.TensorReader;
import dev.likeness.diffusion.token.Placeholder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was learned and now lies over a base model: weights put in the place of its own, an adapter beside them, new
 * tokens. It is kept as one safetensors file of just that.
 */
final class Personal implements AutoCloseable {

    private static final String FORMAT = "likeness.weights/2";
    private static final String TOKEN = "token.";

    private final ModelParts parts;
    private final ModelInfo info;
    private final NDManager manager;
    private final List<LoraAdapter> adapters = new ArrayList<>();
    /** Where the weights came from that lie in the place of the base's own. */
    private final List<SafeTensors> files = new ArrayList<>();

    private boolean trained;
    private AdapterScales scales = AdapterScales.FULL;
    private @Nullable NDManager merged;

    Personal(NDManager parent, ModelParts parts, ModelInfo info) {
        this.parts = parts;
        this.info = info;
        manager = parent.newSubManager();
    }

    /** What a run has learned. */
    record Learned(
            Map<String, NDArray> weights, LoraAdapter adapter, List<Placeholder> placeholders, List<NDArray> rows) {

        static Learned weights(Map<String, NDArray> weights) {
            return new Learned(weights, new LoraAdapter(Map.of()), List.of(), List.of());
        }

        static Learned adapter(LoraAdapter adapter) {
            return new Learned(Map.of(), adapter, List.of(), List.of());
        }

        static Learned tokens(Placeholder placeholder, List<NDArray> rows) {
            return new Learned(Map.of(), new LoraAdapter(Map.of()), List.of(placeholder), rows);
        }
    }

    /** The manager of what lies over the base model. */
    NDManager manager() {
        return manager;
    }

    /** Puts what was learned to use, besides what is in use already. */
    void add(Learned learned) {
        trained |= !learned.weights().isEmpty();
        use(learned);
    }

    private void use(Learned learned) {
        adapters.add(learned.adapter());
        merge(AdapterScales.FULL);
        addTokens(learned.placeholders(), learned.rows());
    }

    private void addTokens(List<Placeholder> placeholders, List<NDArray> rows) {
        if (placeholders.isEmpty()) {
            return;
        }
        List<Placeholder> all = new ArrayList<>(parts.tokens().placeholders());
        List<NDArray> together = new ArrayList<>();
        for (int tower = 0; tower < rows.size(); tower++) {
            NDArray before = parts.tokens().rows().get(tower);
            together.add(all.isEmpty() ? rows.get(tower).duplicate() : before.concat(rows.get(tower), 0));
        }
        all.addAll(placeholders);
        parts.useTokens(all, together);
    }

    /** Lets the adapters count so much from now on. */
    void scale(AdapterScales wanted) {
        if (!wanted.equals(scales)) {
            merge(wanted);
        }
    }

    /** Puts the adapters beside the weights. */
    private void merge(AdapterScales wanted) {
        NDManager next = manager.newSubManager();
        LoraAdapter all = LoraAdapter.merge(
                next,
                adapters.stream()
                        .map(own -> new LoraAdapter.Scaled(own, wanted.unet(), wanted.text()))
                        .toList());
        parts.trainable().forEach((prefix, network) -> network.adapt(tensors(next, prefix, all)));
        if (merged != null) {
            merged.close();
        }
        merged = next;
        scales = wanted;
    }

    /** The adapter's tensors for one network, by the network's names. */
    static Map<String, NDArray> tensors(NDManager manager, String prefix, LoraAdapter adapter) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        adapter.layers().forEach((name, layer) -> {
            if (name.startsWith(prefix)) {
                String own = name.substring(prefix.length());
                tensors.put(Adapters.down(own), layer.down());
                tensors.put(Adapters.up(own), layer.up());
                tensors.put(Adapters.scale(own), manager.create((float) layer.scale()));
            }
        });
        return tensors;
    }

    /** Writes what a run has learned. */
    static void write(OutputStream out, Learned learned, ModelInfo info) throws IOException {
        Map<String, NDArray> tensors = new LinkedHashMap<>(learned.weights());
        Map<String, Double> alphas = new LinkedHashMap<>();
        learned.adapter().layers().forEach((name, layer) -> {
            tensors.put(Adapters.down(name), layer.down());
            tensors.put(Adapters.up(name), layer.up());
            alphas.put(name, layer.alpha());
        });
        for (int tower = 0; tower < learned.rows().size(); tower++) {
            tensors.put(TOKEN + tower, learned.rows().get(tower));
        }
        JsonMapper json = JsonMapper.shared();
        SafeTensorsWriter.write(
                out,
                tensors,
                Map.of(
                        "format", FORMAT,
                        "base", info.hash(),
                        "alphas", json.writeValueAsString(alphas),
                        "placeholders", json.writeValueAsString(learned.placeholders())));
    }

    /**
     * Puts a file's contents to use, besides what is in use already.
     *
     * @return the contents
     * @throws InvalidModelException if it is of another base model, or not whole
     */
    Learned load(Path file) {
        SafeTensors saved = SafeTensors.open(file);
        if (!FORMAT.equals(saved.metadata().get("format"))
                || !info.hash().equals(saved.metadata().get("base"))) {
            throw new InvalidModelException("the weights were trained on another base model");
        }
        Map<String, NDArray> weights = parts.weights();
        Map<String, NDArray> inPlace = new LinkedHashMap<>();
        Map<String, SafeTensors.Entry> others = new LinkedHashMap<>();
        saved.entries().forEach((name, entry) -> {
            NDArray weight = weights.get(name);
            if (weight == null) {
                others.put(name, entry);
            } else {
                inPlace.put(name, weight);
            }
        });
        TensorReader.restoreInPlace(saved.only(inPlace.keySet()), inPlace);
        if (!inPlace.isEmpty()) {
            files.add(saved.only(inPlace.keySet()));
        }
        Learned learned = new Learned(inPlace, adapter(saved, others), placeholders(saved), rows(others));
        use(learned);
        return learned;
    }

    /** Whether all that lies over the base is in files, or beside it. */
    boolean canRestore() {
        return !trained;
    }

    /** Puts everything over networks that came back as the base has them. */
    void restore() {
        Map<String, NDArray> weights = parts.weights();
        for (SafeTensors file : files) {
            Map<String, NDArray> inPlace = new LinkedHashMap<>(weights);
            inPlace.keySet().retainAll(file.entries().keySet());
            TensorReader.restoreInPlace(file, inPlace);
        }
        merge(scales);
    }

    private LoraAdapter adapter(SafeTensors saved, Map<String, SafeTensors.Entry> tensors) {
        Map<String, Layer> layers = new LinkedHashMap<>();
        @SuppressWarnings("unchecked")
        Map<String, Number> alphas = JsonMapper.shared()
                .readValue(Objects.requireNonNull(saved.metadata().get("alphas")), Map.class);
        alphas.forEach((name, alpha) -> layers.put(
                name,
                new Layer(read(tensors, Adapters.down(name)), read(tensors, Adapters.up(name)), alpha.doubleValue())));
        return new LoraAdapter(layers);
    }

    private static List<Placeholder> placeholders(SafeTensors saved) {
        return List.of(JsonMapper.shared()
                .readValue(Objects.requireNonNull(saved.metadata().get("placeholders")), Placeholder[].class));
    }

    private List<NDArray> rows(Map<String, SafeTensors.Entry> tensors) {
        List<NDArray> rows = new ArrayList<>();
        for (int tower = 0; tensors.containsKey(TOKEN + tower); tower++) {
            rows.add(read(tensors, TOKEN + tower));
        }
        return rows;
    }

    private NDArray read(Map<String, SafeTensors.Entry> tensors, String name) {
        SafeTensors.Entry entry = tensors.get(name);
        if (entry == null) {
            throw new InvalidModelException("the weights have no " + name);
        }
        return TensorReader.readFloat(manager, entry);
    }

    /** Takes the adapters away; weights and tokens go with the parts. */
    @Override
    public void close() {
        manager.close();
    }
}
