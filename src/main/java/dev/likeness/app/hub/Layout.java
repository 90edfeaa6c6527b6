package dev.likeness.app.hub;

import dev.likeness.diffusion.families.ModelFamilies;
import dev.likeness.diffusion.tensor.WeightFiles;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The layout of a repository's files, and which of them are needed. */
public enum Layout {
    /** Of diffusers: one folder per part. */
    PIPELINE("model_index.json", parts()),
    /** Of transformers: one network. */
    NETWORK("config.json", Map.of());

    private static final String CONFIG = "config.json";
    private static final Pattern DOCUMENT = Pattern.compile("[\\w.-]+\\.(json|txt)");
    private static final Pattern INDEX = Pattern.compile(".+\\.index(\\.\\w+)?\\.json");

    private final String marker;
    private final Map<String, Optional<WeightFiles>> parts;

    Layout(String marker, Map<String, Optional<WeightFiles>> parts) {
        this.marker = marker;
        this.parts = parts;
    }

    /** The parts of the families, and the encoders of scores, with the names of their weight files. */
    private static Map<String, Optional<WeightFiles>> parts() {
        Map<String, Optional<WeightFiles>> parts = new TreeMap<>();
        ModelFamilies.all()
                .forEach(family -> family.parts()
                        .forEach((folder, part) -> parts.put(folder, Optional.ofNullable(part.weights()))));
        List.of("clip", "dino").forEach(folder -> parts.put(folder, Optional.of(WeightFiles.TRANSFORMERS)));
        return parts;
    }

    /**
     * Paths of the needed files.
     *
     * @param documents configurations and vocabularies
     * @param weights weight files and the lists of their shards
     */
    record Needed(List<String> documents, List<String> weights) {}

    /**
     * Selects the needed files of a repository. Safetensors have priority over files of {@code torch.save}, and then
     * the requested variant over others.
     *
     * @throws HubException if something is missing
     */
    Needed choose(Repository repository, Collection<String> listed) {
        Set<String> all = new TreeSet<>(listed);
        if (!all.contains(marker)) {
            throw new HubException("%s has no %s: it is not a model in the layout of %s"
                    .formatted(repository, marker, this == PIPELINE ? "diffusers" : "transformers"));
        }
        List<String> documents = new ArrayList<>();
        List<String> weights = new ArrayList<>();
        if (this == NETWORK) {
            documents.addAll(documents(all, ""));
            weights.addAll(weights(repository, all, "", WeightFiles.TRANSFORMERS));
        } else {
            Stream.of(marker, "likeness.json").filter(all::contains).forEach(documents::add);
        }
        parts.forEach((part, files) -> {
            documents.addAll(documents(all, part + "/"));
            if (files.isPresent() && all.contains(part + "/" + CONFIG)) {
                weights.addAll(weights(repository, all, part + "/", files.get()));
            }
        });
        String variant = repository.variant();
        if (variant != null
                && weights.stream()
                        .noneMatch(it -> it.contains("." + variant + ".") || it.contains("." + variant + "-"))) {
            throw new HubException("%s has no variant %s".formatted(repository, variant));
        }
        return new Needed(documents, weights);
    }

    private static List<String> documents(Set<String> all, String folder) {
        return all.stream()
                .filter(it -> it.startsWith(folder))
                .filter(it -> DOCUMENT.matcher(it.substring(folder.length())).matches())
                .filter(it -> !INDEX.matcher(it).matches())
                .toList();
    }

    private static List<String> weights(Repository repository, Set<String> all, String folder, WeightFiles files) {
        return Stream.of(new String[] {files.stem(), ".safetensors"}, new String[] {files.torchStem(), TorchFiles.ENDING
                })
                .flatMap(kind ->
                        variants(repository.variant()).map(variant -> weights(all, folder + kind[0], variant, kind[1])))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElseThrow(() -> new HubException("%s has no readable weights in %s: neither %s nor %s%s"
                        .formatted(
                                repository,
                                folder.isEmpty() ? "it" : folder,
                                files.file(),
                                files.torchStem(),
                                TorchFiles.ENDING)));
    }

    private static Stream<String> variants(@Nullable String wanted) {
        return (wanted == null ? Stream.of("", ".fp16", ".bf16", ".fp32") : Stream.of("." + wanted, "")).distinct();
    }

    /** One file, or all shards and their list; empty if both are missing. */
    private static List<String> weights(Set<String> all, String stem, String variant, String ending) {
        if (all.contains(stem + variant + ending)) {
            return List.of(stem + variant + ending);
        }
        String index = stem + ending + ".index" + variant + ".json";
        if (!all.contains(index)) {
            return List.of();
        }
        Pattern shard = Pattern.compile(Pattern.quote(stem + variant) + "-\\d+-of-\\d+" + Pattern.quote(ending));
        return Stream.concat(
                        Stream.of(index),
                        all.stream().filter(it -> shard.matcher(it).matches()))
                .toList();
    }
}
