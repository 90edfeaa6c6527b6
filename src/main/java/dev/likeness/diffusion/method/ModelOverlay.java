package dev.likeness.diffusion.method;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.adapter.AdapterFile;
import dev.likeness.diffusion.adapter.AdapterScales;
import dev.likeness.diffusion.adapter.EmbeddingFile;
import dev.likeness.diffusion.adapter.LoraFile;
import dev.likeness.diffusion.adapter.MomentumState;
import dev.likeness.diffusion.lora.LoraAdapter;
import dev.likeness.diffusion.lora.LoraAdapter.Scaled;
import dev.likeness.diffusion.model.ModelInfo;
import dev.likeness.diffusion.model.ModelParts;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.SafeTensors;
import dev.likeness.diffusion.tensor.TensorReader;
import dev.likeness.diffusion.text.EmbeddingFormat;
import dev.likeness.diffusion.text.EmbeddingFormat.Embedding;
import dev.likeness.diffusion.text.NewTokens;
import dev.likeness.diffusion.text.OutputEmbedding;
import dev.likeness.diffusion.token.NormalizedText;
import dev.likeness.diffusion.token.Placeholder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The weights that are applied to a base model: weights that replace its own, adapters, and new tokens. Adapters run beside
 * the weights or are fused with copies of them. Neither changes the base model's own weights.
 */
public final class ModelOverlay implements AutoCloseable {

    private final ModelParts parts;
    private final ModelInfo info;
    private final NDManager manager;

    /** The adapter that was last trained or loaded. Each generation sets the scales of this adapter. The scales of the others are fixed. */
    private LoraAdapter own = LoraAdapter.NONE;

    /** The adapters that were trained or loaded before it, which it was trained on top of. */
    private final List<Scaled> former = new ArrayList<>();

    /** Further adapters, in files. */
    private final List<Scaled> added = new ArrayList<>();

    private int changes;
    private @Nullable Use inUse;
    private @Nullable NDManager tensors;

    /** Files of the weights that replace the base model's own. */
    private final List<SafeTensors> files = new ArrayList<>();

    private boolean trained;

    public ModelOverlay(NDManager parent, ModelParts parts, ModelInfo info) {
        this.parts = parts;
        this.info = info;
        manager = parent.newSubManager();
    }

    /**
     * The settings of the last {@link #use}.
     *
     * @param changes the number of changes to the adapters until then
     */
    private record Use(AdapterScales scales, boolean fused, int changes) {}

    /** The manager that owns the applied weights. */
    public NDManager manager() {
        return manager;
    }

    /** Applies trained weights. */
    public void add(TrainedWeights weights) {
        trained |= !weights.weights().isEmpty();
        put(weights);
    }

    private void put(TrainedWeights weights) {
        former.add(new Scaled(own, AdapterScales.FULL.unet(), AdapterScales.FULL.text()));
        own = weights.adapter();
        changes++;
        addTokens(weights.placeholders(), weights);
    }

    /**
     * Applies the trained weights of a file.
     *
     * @return its contents
     * @throws InvalidModelException if it belongs to another base model, or is incomplete
     */
    public TrainedWeights load(Path file) {
        TrainedWeightsFile saved = new TrainedWeightsFile(SafeTensors.open(file), info, parts.weightNames());
        TrainedWeights beside = saved.beside(manager);
        Map<String, NDArray> inPlace =
                parts.weights(saved.ownWeights().entries().keySet());
        TensorReader.restoreInPlace(saved.ownWeights(), inPlace);
        if (!inPlace.isEmpty()) {
            files.add(saved.ownWeights());
        }
        TrainedWeights weights = new TrainedWeights(
                inPlace, beside.adapter(), beside.placeholders(), beside.rows(), beside.outputs(), beside.momentum());
        put(weights);
        return weights;
    }

    /**
     * Adds an adapter or embeddings, trained by this engine or by another program.
     *
     * @param word placeholder token of the embeddings; null for the one in the file
     * @throws InvalidModelException if the file is no adapter, or does not fit the model
     */
    public void addFile(Path file, AdapterScales scales, @Nullable String word) {
        SafeTensors tensors = SafeTensors.open(file);
        TrainedWeights found = TrainedWeightsFile.isOne(tensors)
                ? ours(tensors)
                : theirs(AdapterFile.read(file, parts.layers()), word);
        added.add(new Scaled(found.adapter(), scales.unet(), scales.text()));
        changes++;
        addTokens(
                found.placeholders().stream()
                        .map(it -> word == null ? it : new Placeholder(word, it.vectors()))
                        .toList(),
                found);
    }

    private TrainedWeights ours(SafeTensors file) {
        TrainedWeightsFile saved = new TrainedWeightsFile(file, info, parts.weightNames());
        if (!saved.ownWeights().entries().isEmpty()) {
            throw new InvalidModelException("whole weights are not an adapter");
        }
        return saved.beside(manager);
    }

    private TrainedWeights theirs(AdapterFile file, @Nullable String word) {
        if (file instanceof LoraFile lora) {
            return withRows(
                    LoraAdapter.read(manager, lora),
                    lora.embeddings().stream()
                            .map(it -> EmbeddingFormat.read(manager, it, Objects.requireNonNull(it.word())))
                            .toList(),
                    null);
        }
        EmbeddingFile embeddings = (EmbeddingFile) file;
        String standsFor = Objects.requireNonNullElse(word, embeddings.word());
        if (standsFor == null) {
            throw new InvalidModelException("the embeddings have no word to stand for");
        }
        return withRows(
                LoraAdapter.NONE, List.of(EmbeddingFormat.read(manager, embeddings, standsFor)), embeddings.momentum());
    }

    /** An adapter with embeddings, whose rows are stacked for each text encoder. */
    private static TrainedWeights withRows(
            LoraAdapter adapter, List<Embedding> embeddings, @Nullable MomentumState momentum) {
        List<Placeholder> placeholders = new ArrayList<>();
        List<NDArray> rows = new ArrayList<>();
        List<OutputEmbedding> outputs = new ArrayList<>();
        int before = 0;
        for (Embedding embedding : embeddings) {
            for (int textEncoder = 0; textEncoder < embedding.rows().size(); textEncoder++) {
                NDArray more = embedding.rows().get(textEncoder);
                if (rows.size() == textEncoder) {
                    rows.add(more);
                } else {
                    rows.set(textEncoder, rows.get(textEncoder).concat(more, 0));
                }
            }
            for (OutputEmbedding output : embedding.outputs()) {
                outputs.add(output.behind(before));
            }
            placeholders.add(embedding.placeholder());
            before += embedding.placeholder().vectors();
        }
        return new TrainedWeights(Map.of(), adapter, placeholders, rows, outputs, momentum);
    }

    /** @param placeholders of the rows */
    private void addTokens(List<Placeholder> placeholders, TrainedWeights weights) {
        if (placeholders.isEmpty()) {
            return;
        }
        List<NDArray> rows = weights.rows();
        NewTokens former = parts.tokens();
        List<Placeholder> all = new ArrayList<>(former.placeholders());
        List<OutputEmbedding> outputs = new ArrayList<>(former.outputs());
        weights.outputs().forEach(output -> outputs.add(output.behind(former.count())));
        List<NDArray> together = new ArrayList<>();
        for (int textEncoder = 0; textEncoder < rows.size(); textEncoder++) {
            NDArray before = former.rows().get(textEncoder);
            together.add(all.isEmpty() ? rows.get(textEncoder).duplicate() : before.concat(rows.get(textEncoder), 0));
        }
        all.addAll(placeholders);
        List<String> spellings = NewTokens.spellings(all);
        if (spellings.stream().map(NormalizedText::of).distinct().count() < spellings.size()) {
            throw new InvalidModelException("two embeddings stand for the same word");
        }
        parts.useTokens(new NewTokens(all, together, outputs));
        if (weights.momentum() != null) {
            parts.rememberMomentum(placeholders.get(0).word(), weights.momentum());
        }
    }

    /**
     * Sets the adapters in the networks.
     *
     * @param scales of the adapter that was last trained or loaded
     * @param fused whether they are fused with copies of the weights; otherwise they run beside them
     */
    public void use(AdapterScales scales, boolean fused) {
        Use wanted = new Use(scales, fused, changes);
        if (wanted.equals(inUse)) {
            return;
        }
        NDManager next = manager.newSubManager();
        try (NDManager scope = manager.newSubManager()) {
            LoraAdapter merged = LoraAdapter.merge(fused ? scope : next, inOrder(scales));
            parts.trainable().forEach((prefix, network) -> {
                network.setAdapter(fused ? Map.of() : merged.tensors(next, prefix));
                network.setReplacements(
                        fused && merged.changes(prefix)
                                ? network.read(weights -> merged.fuse(next, prefix, weights))
                                : Map.of());
            });
        }
        if (tensors != null) {
            tensors.close();
        }
        tensors = next;
        inUse = wanted;
    }

    /** The adapters in the order in which they change weights. */
    private List<Scaled> inOrder(AdapterScales scales) {
        List<Scaled> all = new ArrayList<>(former);
        all.add(new Scaled(own, scales.unet(), scales.text()));
        all.addAll(added);
        return all;
    }

    /** Whether an adapter changes weights, and so cannot run beside them. */
    public boolean changesWeights() {
        return inOrder(AdapterScales.FULL).stream()
                .anyMatch(it -> !it.adapter().changes().isEmpty());
    }

    /** Makes the next {@link #use} set the networks' adapters again, because training has replaced them. */
    public void forgetUse() {
        changes++;
    }

    /** Whether {@link #restore} can replace the base model's weights again: those that were trained in this process are in no file. */
    public boolean canRestore() {
        return !trained;
    }

    /** Replaces weights again, in networks that were loaded again with the base model's weights. */
    public void restore() {
        for (SafeTensors file : files) {
            TensorReader.restoreInPlace(file, parts.weights(file.entries().keySet()));
        }
    }

    /** Frees the adapters. The model's parts own weights and tokens. */
    @Override
    public void close() {
        manager.close();
    }
}
