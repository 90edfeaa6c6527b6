package dev.likeness.app.adapter;

import dev.likeness.diffusion.adapter.BaseLayers;
import dev.likeness.diffusion.adapter.EmbeddingFile;
import dev.likeness.diffusion.adapter.LoraFile;
import dev.likeness.diffusion.adapter.MomentumNotes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The contents of an adapter's file.
 *
 * @param rank of a LoRA, the largest of its layers; null for embeddings
 * @param targets of a LoRA, the smallest of {@code attention, linear, all} that its layers belong to; null for embeddings
 * @param layers of a LoRA, how many in each part of the model; empty for embeddings
 * @param towers text encoders that it changes, by their names in the model
 * @param placeholder token of the embeddings; null for a LoRA, and for a file of several words
 * @param vectors number of embeddings of the word; null in the same cases
 * @param gamma of momentum textual inversion, which can continue from the file; null without momentum
 * @param momentumMode null without momentum
 * @param words with embeddings in a LoRA file, or in a file of several words
 * @param outputTowers text encoders whose states are replaced by output embeddings
 */
public record AdapterContents(
        @Nullable Integer rank,
        @Nullable String targets,
        Map<String, Integer> layers,
        List<String> towers,
        @Nullable String placeholder,
        @Nullable Integer vectors,
        @Nullable Double gamma,
        @Nullable String momentumMode,
        List<String> words,
        List<String> outputTowers) {

    public AdapterContents {
        // Adapters of earlier releases do not have this field.
        words = Objects.requireNonNullElse(words, List.of());
        outputTowers = Objects.requireNonNullElse(outputTowers, List.of());
    }

    /** Without momentum and without additional words. */
    public AdapterContents(
            @Nullable Integer rank,
            @Nullable String targets,
            Map<String, Integer> layers,
            List<String> towers,
            @Nullable String placeholder,
            @Nullable Integer vectors) {
        this(rank, targets, layers, towers, placeholder, vectors, null, null, List.of(), List.of());
    }

    static AdapterContents of(LoraFile file, BaseLayers base) {
        Map<String, Integer> layers = file.layersOfParts();
        boolean isOfWords = layers.isEmpty();
        return new AdapterContents(
                isOfWords ? null : file.rank(),
                isOfWords ? null : file.targets().wire(),
                layers,
                names(base).stream()
                        .filter(it -> isOfWords || layers.containsKey(it))
                        .toList(),
                null,
                null,
                null,
                null,
                file.embeddings().stream()
                        .map(it -> Objects.requireNonNull(it.word()))
                        .toList(),
                outputTowers(file.embeddings(), base));
    }

    static AdapterContents of(EmbeddingFile file, BaseLayers base, String placeholder) {
        MomentumNotes momentum = file.momentum();
        return new AdapterContents(
                null,
                null,
                Map.of(),
                names(base),
                placeholder,
                file.vectors(),
                momentum == null ? null : momentum.gamma(),
                momentum == null ? null : momentum.mode(),
                List.of(),
                outputTowers(List.of(file), base));
    }

    private static List<String> outputTowers(List<EmbeddingFile> files, BaseLayers base) {
        List<String> names = names(base);
        return IntStream.range(0, names.size())
                .filter(tower ->
                        files.stream().anyMatch(it -> it.rows().get(tower).output() != null))
                .mapToObj(names::get)
                .toList();
    }

    private static List<String> names(BaseLayers base) {
        return base.textEncoders().stream().map(BaseLayers.TextEncoder::name).toList();
    }
}
