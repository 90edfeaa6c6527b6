package dev.likeness.diffusion.method;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.adapter.BaseLayers;
import dev.likeness.diffusion.adapter.EmbeddingFile;
import dev.likeness.diffusion.adapter.LayerTensor;
import dev.likeness.diffusion.adapter.LoraFile;
import dev.likeness.diffusion.adapter.MomentumState;
import dev.likeness.diffusion.lora.LoraAdapter;
import dev.likeness.diffusion.lora.LoraAdapter.Layer;
import dev.likeness.diffusion.lora.LoraFormat;
import dev.likeness.diffusion.lora.WeightChange;
import dev.likeness.diffusion.model.ModelArchive;
import dev.likeness.diffusion.model.ModelFolder;
import dev.likeness.diffusion.model.ModelParts;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.SafeTensors;
import dev.likeness.diffusion.text.EmbeddingFormat;
import dev.likeness.diffusion.text.EmbeddingFormat.Embedding;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes trained weights in the formats that other programs load, and verifies the files. */
public final class Exports {

    private final NDManager manager;
    private final ModelParts parts;
    private final ModelFolder folder;
    private final BaseLayers layers;
    private final boolean zeroTerminalSnr;

    /** @param zeroTerminalSnr whether a job trained the weights with zero terminal SNR, which the files then say */
    public Exports(NDManager manager, ModelParts parts, ModelFolder folder, boolean zeroTerminalSnr) {
        this.zeroTerminalSnr = zeroTerminalSnr;
        this.manager = manager;
        this.parts = parts;
        this.folder = folder;
        this.layers = parts.layers();
    }

    /** The formats that can represent trained weights. */
    public static List<ExportFormat> formats(TrainedWeights weights) {
        return weights.kind().formats().stream()
                .filter(format ->
                        format != ExportFormat.LORA_DIFFUSERS || LoraFormat.DIFFUSERS.represents(weights.adapter()))
                .toList();
    }

    public void write(OutputStream out, ExportFormat format, TrainedWeights weights) throws IOException {
        switch (format) {
            case LORA_DIFFUSERS -> LoraFormat.DIFFUSERS.write(out, weights.adapter(), layers, Map.of());
            case LORA_KOHYA ->
                LoraFormat.KOHYA.write(
                        out,
                        weights.adapter(),
                        layers,
                        kohyaNotes(),
                        weights.placeholders().isEmpty()
                                ? Map.of()
                                : EmbeddingFormat.IN_LORA.tensors(embedding(weights)));
            case EMBEDDING_BESIDE_LORA -> EmbeddingFormat.BESIDE_LORA.write(out, embedding(weights), notes(weights));
            case EMBEDDING_DIFFUSERS -> EmbeddingFormat.DIFFUSERS.write(out, embedding(weights), notes(weights));
            case EMBEDDING_A1111 -> EmbeddingFormat.A1111.write(out, embedding(weights), notes(weights));
            case MODEL_DIFFUSERS -> archive().write(out);
        }
    }

    /**
     * Verifies an exported file.
     *
     * @throws InvalidModelException if its contents differ from the trained weights
     */
    public void verify(Path file, ExportFormat format, TrainedWeights weights) {
        try (NDManager scope = manager.newSubManager()) {
            switch (format) {
                case LORA_DIFFUSERS, LORA_KOHYA -> {
                    LoraFile read = LoraFile.read(SafeTensors.open(file), layers);
                    same(LoraAdapter.read(scope, read), weights.adapter());
                    read.embeddings().forEach(it -> same(scope, it, embedding(weights)));
                    if (format == ExportFormat.LORA_KOHYA
                            && read.embeddings().size()
                                    != weights.placeholders().size()) {
                        throw new InvalidModelException("the exported adapter has no embeddings");
                    }
                }
                case EMBEDDING_DIFFUSERS, EMBEDDING_BESIDE_LORA, EMBEDDING_A1111 -> {
                    EmbeddingFile read = EmbeddingFile.read(SafeTensors.open(file), layers);
                    same(scope, read, embedding(weights));
                    same(read.momentum(), weights.momentum());
                }
                case MODEL_DIFFUSERS -> archive().verify(file);
            }
        }
    }

    private static void same(NDManager scope, EmbeddingFile read, Embedding expected) {
        Embedding found =
                EmbeddingFormat.read(scope, read, expected.placeholder().word());
        for (int i = 0; i < expected.rows().size(); i++) {
            same(found.rows().get(i), expected.rows().get(i), "the embeddings");
        }
    }

    private ModelArchive archive() {
        return new ModelArchive(folder, parts, zeroTerminalSnr);
    }

    private Map<String, String> kohyaNotes() {
        return zeroTerminalSnr ? Map.of("ss_zero_terminal_snr", "True") : Map.of();
    }

    private static Embedding embedding(TrainedWeights weights) {
        return new Embedding(weights.placeholders().get(0), weights.rows());
    }

    private static Map<String, String> notes(TrainedWeights weights) {
        return weights.momentum() == null ? Map.of() : weights.momentum().header();
    }

    private static void same(@Nullable MomentumState found, @Nullable MomentumState expected) {
        boolean same = found == null || expected == null ? found == expected : found.isSameAs(expected);
        if (!same) {
            throw new InvalidModelException("v_train, v_star or gamma reads back different");
        }
    }

    private static void same(LoraAdapter found, LoraAdapter expected) {
        if (!found.layers().keySet().equals(expected.layers().keySet())
                || !found.changes().keySet().equals(expected.changes().keySet())) {
            throw new InvalidModelException("the exported adapter has other layers than the trained one");
        }
        expected.layers().forEach((name, layer) -> {
            Layer read = Objects.requireNonNull(found.layers().get(name));
            try (NDArray wanted = layer.up().mul(layer.scale());
                    NDArray got = read.up().mul(read.scale())) {
                same(read.down(), layer.down(), name);
                same(got, wanted, name);
            }
        });
        expected.changes()
                .forEach((name, changes) ->
                        same(Objects.requireNonNull(found.changes().get(name)).get(0), changes.get(0), name));
    }

    private static void same(WeightChange found, WeightChange expected, String name) {
        if (!found.tensors().keySet().equals(expected.tensors().keySet())) {
            throw new InvalidModelException("what was exported as %s reads back different".formatted(name));
        }
        // Of a product, one factor has the scale where the format has no alpha.
        boolean isFolded = found.scale() != expected.scale();
        expected.tensors().forEach((tensor, wanted) -> {
            double factor = isFolded && tensor == LayerTensor.LORA_UP ? expected.scale() / found.scale() : 1;
            try (NDArray scaled = wanted.mul(factor)) {
                same(Objects.requireNonNull(found.tensors().get(tensor)), scaled, name);
            }
        });
        if (isFolded
                && !expected.tensors().containsKey(LayerTensor.LORA_UP)
                && Math.abs(found.scale() - expected.scale()) > 1e-6 * Math.abs(expected.scale())) {
            throw new InvalidModelException("the scale exported for %s reads back different".formatted(name));
        }
    }

    private static void same(NDArray found, NDArray expected, String what) {
        float[] a = found.toFloatArray();
        float[] b = expected.toFloatArray();
        boolean close = a.length == b.length;
        for (int i = 0; close && i < a.length; i++) {
            // One format folds the scale into the weights, the other stores it.
            close = Math.abs(a[i] - b[i]) <= 1e-6f * Math.max(1, Math.abs(b[i]));
        }
        if (!close
                || !Arrays.equals(
                        found.getShape().getShape(), expected.getShape().getShape())) {
            throw new InvalidModelException("what was exported as %s reads back different".formatted(what));
        }
    }
}
