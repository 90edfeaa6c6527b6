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
 * What is in an adapter's file.
 *
 * @param rank of a LoRA, the largest of its layers; null for embeddings
 * @param targets of a LoRA, the smallest of {@code attention, linear, all} that its layers belong to; null for embeddings
 * @param layers of a LoRA, how many in each part of the model; empty for embeddings
 * @param towers text towers that it changes, by their names in the model
 * @param placeholder word that embeddings stand for; null for a LoRA, and for a file of several words
 * @param vectors how many embeddings the word stands for; likewise
 * @param gamma of momentum textual inversion, which can go on from the file; null where the file does not say
 * @param momentumMode likewise
 * @param words that a LoRA brings embeddings for besides, or that a file of several words has
 * @param outputTowers text towers of which embeddings take the place of what they say
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
        // Adapters of former releases have none.
        words = Objects.requireNonNullElse(words, List.of());
        outputTowers = Objects.requireNonNullElse(outputTowers, List.of());
    }

    /** Without momentum, and without words besides. */
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
