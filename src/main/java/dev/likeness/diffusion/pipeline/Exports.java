package dev.likeness.diffusion.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.lora.KohyaNames;
import dev.likeness.diffusion.lora.LoraAdapter;
import dev.likeness.diffusion.lora.LoraAdapter.Layer;
import dev.likeness.diffusion.lora.LoraFormat;
import dev.likeness.diffusion.lora.LoraTargets;
import dev.likeness.diffusion.pipeline.Personal.Learned;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.SafeTensors;
import dev.likeness.diffusion.text.EmbeddingFormat;
import dev.likeness.diffusion.text.EmbeddingFormat.Embedding;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Writes what was learned in the forms that others load, and checks that it can be read back from there. */
final class Exports {

    private final NDManager manager;
    private final ModelParts parts;
    private final ModelFolder folder;

    Exports(NDManager manager, ModelParts parts, ModelFolder folder) {
        this.manager = manager;
        this.parts = parts;
        this.folder = folder;
    }

    static List<ExportFormat> of(Learned learned) {
        if (!learned.adapter().layers().isEmpty()) {
            return List.of(ExportFormat.LORA_DIFFUSERS, ExportFormat.LORA_KOHYA);
        }
        if (!learned.placeholders().isEmpty()) {
            return List.of(ExportFormat.EMBEDDING_DIFFUSERS, ExportFormat.EMBEDDING_A1111);
        }
        return List.of(ExportFormat.MODEL_DIFFUSERS);
    }

    void write(OutputStream out, ExportFormat format, Learned learned) throws IOException {
        switch (format) {
            case LORA_DIFFUSERS -> LoraFormat.DIFFUSERS.write(out, learned.adapter(), kohya(), Map.of());
            case LORA_KOHYA -> LoraFormat.KOHYA.write(out, learned.adapter(), kohya(), Map.of());
            case EMBEDDING_DIFFUSERS -> EmbeddingFormat.DIFFUSERS.write(out, embedding(learned), Map.of());
            case EMBEDDING_A1111 -> EmbeddingFormat.A1111.write(out, embedding(learned), Map.of());
            case MODEL_DIFFUSERS -> new ModelArchive(folder, parts).write(out);
        }
    }

    /**
     * Reads a file back.
     *
     * @throws InvalidModelException if it does not hold what was learned
     */
    void verify(Path file, ExportFormat format, Learned learned) {
        try (NDManager scope = manager.newSubManager()) {
            switch (format) {
                case LORA_DIFFUSERS, LORA_KOHYA -> same(readAdapter(scope, file), learned.adapter());
                case EMBEDDING_DIFFUSERS, EMBEDDING_A1111 -> {
                    Embedding expected = embedding(learned);
                    Embedding found =
                            readEmbedding(scope, file, expected.placeholder().word());
                    for (int i = 0; i < expected.rows().size(); i++) {
                        same(found.rows().get(i), expected.rows().get(i), "the embeddings");
                    }
                }
                case MODEL_DIFFUSERS -> new ModelArchive(folder, parts).verify(file);
            }
        }
    }

    /** An adapter made anywhere, if it fits this model. */
    LoraAdapter readAdapter(NDManager scope, Path file) {
        return LoraFormat.read(scope, SafeTensors.open(file), layers(), kohya());
    }

    /** Embeddings made anywhere, if they fit this model. */
    Embedding readEmbedding(NDManager scope, Path file, String word) {
        return EmbeddingFormat.read(
                scope,
                SafeTensors.open(file),
                word,
                parts.towers().all().stream()
                        .map(tower -> (long) tower.encoder().config().hiddenSize())
                        .toList());
    }

    private static Embedding embedding(Learned learned) {
        return new Embedding(learned.placeholders().get(0), learned.rows());
    }

    private static void same(LoraAdapter found, LoraAdapter expected) {
        if (!found.layers().keySet().equals(expected.layers().keySet())) {
            throw new InvalidModelException("the exported adapter has other layers than the one that was trained");
        }
        expected.layers().forEach((name, layer) -> {
            Layer read = Objects.requireNonNull(found.layers().get(name));
            try (NDArray wanted = layer.up().mul(layer.scale());
                    NDArray got = read.up().mul(read.scale())) {
                same(read.down(), layer.down(), name);
                same(got, wanted, name);
            }
        });
    }

    private static void same(NDArray found, NDArray expected, String what) {
        float[] a = found.toFloatArray();
        float[] b = expected.toFloatArray();
        boolean close = a.length == b.length;
        for (int i = 0; close && i < a.length; i++) {
            // A scale is folded in on one side and multiplied on the other.
            close = Math.abs(a[i] - b[i]) <= 1e-6f * Math.max(1, Math.abs(b[i]));
        }
        if (!close
                || !Arrays.equals(
                        found.getShape().getShape(), expected.getShape().getShape())) {
            throw new InvalidModelException("what was exported as %s reads back different".formatted(what));
        }
    }

    private Map<String, long[]> layers() {
        Map<String, long[]> layers = new LinkedHashMap<>();
        parts.trainable()
                .forEach((prefix, network) -> LoraTargets.ALL
                        .layers(network.weights())
                        .forEach((name, shape) -> layers.put(prefix + name, shape)));
        return layers;
    }

    private KohyaNames kohya() {
        List<String> names = new ArrayList<>(layers().keySet());
        return new KohyaNames(
                names, parts.towers().all().size(), parts.unet().config().layersPerBlock());
    }
}
