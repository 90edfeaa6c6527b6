package dev.likeness.app.adapter;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.likeness.diffusion.adapter.BaseLayers;
import dev.likeness.diffusion.adapter.EmbeddingFile;
import dev.likeness.diffusion.adapter.LayerKind;
import dev.likeness.diffusion.adapter.LoraFile;
import dev.likeness.diffusion.adapter.LoraTargets;
import dev.likeness.diffusion.adapter.MomentumMode;
import dev.likeness.diffusion.adapter.MomentumState;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The contents of an adapter's file. Their JSON is flat.
 *
 * @param towers text encoders that it changes, by their names in the model
 */
public record AdapterContents(
        @JsonUnwrapped Lora lora,
        List<String> towers,
        @JsonUnwrapped Embeddings embeddings,
        @JsonUnwrapped Momentum momentum) {

    /**
     * The layers of a LoRA.
     *
     * @param rank the largest of its layers; null for embeddings
     * @param targets the narrowest that include its layers; null for embeddings
     * @param layers how many in each part of the model; empty for embeddings
     * @param algorithms of its layers; empty for embeddings, and for adapters of releases that did not tell
     * @param dora whether a layer has norms (DoRA)
     */
    public record Lora(
            @Nullable Integer rank,
            @Nullable LoraTargets targets,
            Map<String, Integer> layers,
            List<LayerKind> algorithms,
            Boolean dora) {

        static final Lora NONE = new Lora(null, null, Map.of(), List.of(), false);

        public Lora {
            // Adapters of earlier releases do not have these fields.
            dora = Objects.requireNonNullElse(dora, false);
            algorithms = Objects.requireNonNullElse(algorithms, List.of());
        }
    }

    /**
     * The embeddings of placeholder tokens.
     *
     * @param placeholder token of the embeddings; null for a LoRA, and for a file of several words
     * @param vectors number of embeddings of the word; null in the same cases
     * @param words with embeddings in a LoRA file, or in a file of several words
     * @param outputTowers text encoders whose states are replaced by output embeddings
     */
    public record Embeddings(
            @Nullable String placeholder, @Nullable Integer vectors, List<String> words, List<String> outputTowers) {

        static final Embeddings NONE = new Embeddings(null, null, List.of(), List.of());

        public Embeddings {
            // Adapters of earlier releases do not have this field.
            words = Objects.requireNonNullElse(words, List.of());
            outputTowers = Objects.requireNonNullElse(outputTowers, List.of());
        }
    }

    /**
     * The notes of momentum textual inversion, which can continue from the file.
     *
     * @param gamma null without momentum
     * @param momentumMode null without momentum
     */
    public record Momentum(@Nullable Double gamma, @Nullable MomentumMode momentumMode) {

        static final Momentum NONE = new Momentum(null, null);
    }

    static AdapterContents of(LoraFile file, BaseLayers base) {
        Map<String, Integer> layers = file.layersOfParts();
        boolean isOfWords = layers.isEmpty();
        List<String> words = file.embeddings().stream()
                .map(it -> Objects.requireNonNull(it.word()))
                .toList();
        return new AdapterContents(
                isOfWords ? Lora.NONE : new Lora(file.rank(), file.targets(), layers, file.kinds(), file.isDora()),
                names(base).stream()
                        .filter(it -> isOfWords || layers.containsKey(it))
                        .toList(),
                new Embeddings(null, null, words, outputTowers(file.embeddings(), base)),
                Momentum.NONE);
    }

    static AdapterContents of(EmbeddingFile file, BaseLayers base, String placeholder) {
        MomentumState momentum = file.momentum();
        return new AdapterContents(
                Lora.NONE,
                names(base),
                new Embeddings(placeholder, file.vectors(), List.of(), outputTowers(List.of(file), base)),
                momentum == null ? Momentum.NONE : new Momentum(momentum.gamma(), momentum.mode()));
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
