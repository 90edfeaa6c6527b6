package dev.likeness.diffusion.adapter;

import dev.likeness.diffusion.adapter.KeyProblem.Kind;
import dev.likeness.diffusion.tensor.SafeTensors;
import dev.likeness.diffusion.tensor.SafeTensors.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Reads one file, and collects every problem. */
final class LoraReader {

    private final BaseLayers base;
    private final List<KeyProblem> problems = new ArrayList<>();
    private final Map<String, Entry> bundled = new LinkedHashMap<>();

    LoraReader(BaseLayers base) {
        this.base = base;
    }

    LoraFile read(SafeTensors file) {
        if (file.entries().isEmpty()) {
            throw new UnusableAdapterException(KeyProblem.file(Kind.NO_ADAPTER, "the file contains no tensors"));
        }
        LoraMetadata metadata = LoraMetadata.of(file);
        Set<AdapterFormat> formats = EnumSet.noneOf(AdapterFormat.class);
        Map<String, LoraFile.Layer> layers = new LinkedHashMap<>();
        LayerReader reader = new LayerReader(problems, metadata);
        gather(file, formats).forEach((name, parts) -> {
            if (metadata.usesDora(name) && !parts.has(LayerTensor.DORA_SCALE)) {
                problems.add(new KeyProblem(
                        parts.any().key(),
                        Kind.INCOMPLETE,
                        "has no matching lora_magnitude_vector, but is of a DoRA according to the file's header"));
            }
            reader.read(name, Objects.requireNonNull(base.shape(name)), parts)
                    .ifPresent(layer -> layers.put(name, layer));
        });
        List<EmbeddingFile> embeddings = new EmbeddingReader(base, problems).bundled(bundled);
        if (!problems.isEmpty()) {
            // Other problems follow from the kind of the adapter.
            problems.sort(Comparator.comparing(problem -> problem.kind() != Kind.UNSUPPORTED));
            throw new UnusableAdapterException(problems);
        }
        if (layers.isEmpty()) {
            return new LoraFile(embeddings.get(0).format(), layers, base.targets(layers), embeddings);
        }
        requireEffect(layers.values());
        return new LoraFile(formats.iterator().next(), layers, base.targets(layers), embeddings);
    }

    /** The tensors of each layer; other tensors are problems. */
    private Map<String, LayerParts> gather(SafeTensors file, Set<AdapterFormat> formats) {
        Map<String, LayerParts> layers = new LinkedHashMap<>();
        file.entries().forEach((key, entry) -> {
            if (EmbeddingReader.isBundled(key)) {
                bundled.put(key, entry);
                return;
            }
            Optional<LoraKey> parsed = LoraKey.parse(key);
            Optional<String> layer = parsed.flatMap(it -> base.find(it.layer()));
            if (parsed.isEmpty()) {
                problems.add(LoraKey.problem(key));
            } else if (layer.isEmpty()) {
                problems.add(new KeyProblem(key, Kind.UNKNOWN_LAYER, "is for a layer that this model does not have"));
            } else {
                LayerTensor tensor = parsed.get().tensor();
                if (tensor != null && tensor != LayerTensor.DORA_SCALE) {
                    formats.add(parsed.get().format());
                }
                LayerParts.Found former = layers.computeIfAbsent(layer.get(), name -> new LayerParts())
                        .add(tensor, new LayerParts.Found(key, entry));
                if (former != null) {
                    problems.add(new KeyProblem(key, Kind.UNKNOWN_KEY, LayerParts.sameAs(former)));
                }
            }
        });
        return layers;
    }

    private static void requireEffect(Collection<LoraFile.Layer> layers) {
        if (layers.stream().noneMatch(LoraReader::hasEffect)) {
            throw new UnusableAdapterException(KeyProblem.file(
                    Kind.NO_EFFECT, "the file has no effect: up, down, alpha or another factor is zero everywhere"));
        }
    }

    /** With its norms, a DoRA whose product is zero can still change the weight. */
    private static boolean hasEffect(LoraFile.Layer layer) {
        return layer.tensors().containsKey(LayerTensor.DORA_SCALE)
                || layer.alpha() != 0
                        && layer.tensors().values().stream()
                                .noneMatch(
                                        it -> TensorValues.summary(it.entry()).zero());
    }
}
