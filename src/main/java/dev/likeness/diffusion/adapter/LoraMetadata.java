package dev.likeness.diffusion.adapter;

import dev.likeness.diffusion.tensor.SafeTensors;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The settings that diffusers writes into the header of an adapter's file: peft's LoraConfig of each part of the model. They
 * determine the scale, because such a file has no alpha.
 */
public final class LoraMetadata {

    /** Key of the settings in the header. */
    public static final String KEY = "lora_adapter_metadata";

    private final JsonNode settings;
    private final Map<String, LayerPatterns> patterns = new HashMap<>();

    private LoraMetadata(JsonNode settings) {
        this.settings = settings;
    }

    /**
     * The settings of an adapter whose scale is 1 everywhere. A reader then finds a text encoder's layers with or without the
     * name {@code text_model} around the encoder, which differs between versions of transformers.
     *
     * @param ranks by layer, with the model's part as prefix
     * @param doras layers with norms
     */
    public static String ofUnscaled(Map<String, Long> ranks, Set<String> doras) {
        Map<String, Object> settings = new TreeMap<>();
        ranks.keySet().stream().map(LoraMetadata::part).distinct().forEach(part -> {
            SortedMap<String, Long> own = new TreeMap<>();
            ranks.forEach((layer, rank) -> {
                if (layer.startsWith(part)) {
                    own.put(layer.substring(part.length()), rank);
                }
            });
            long most = own.values().stream().mapToLong(rank -> rank).max().orElseThrow();
            SortedMap<String, Long> others = new TreeMap<>(own);
            others.values().removeIf(rank -> rank == most);
            settings.put(part + "r", most);
            settings.put(part + "lora_alpha", most);
            settings.put(part + "rank_pattern", others);
            settings.put(part + "alpha_pattern", others);
            settings.put(part + "target_modules", targets(part, own.keySet()));
            if (doras.stream().anyMatch(layer -> layer.startsWith(part))) {
                settings.put(part + "use_dora", true);
            }
        });
        return JsonMapper.shared().writeValueAsString(settings);
    }

    private static Collection<String> targets(String part, Collection<String> layers) {
        return BaseLayers.isOfTextEncoder(part)
                ? layers.stream()
                        .map(layer -> layer.substring(layer.lastIndexOf('.') + 1))
                        .collect(Collectors.toCollection(TreeSet::new))
                : layers;
    }

    private static String part(String layer) {
        return layer.substring(0, layer.indexOf('.') + 1);
    }

    /** @throws UnusableAdapterException if the settings cannot be read */
    static LoraMetadata of(SafeTensors file) {
        String json = file.metadata().getOrDefault(KEY, "{}");
        try {
            return new LoraMetadata(JsonMapper.shared().readTree(json));
        } catch (JacksonException e) {
            throw new UnusableAdapterException(
                    KeyProblem.file(KeyProblem.Kind.UNKNOWN_KEY, "the header's %s is not JSON".formatted(KEY)));
        }
    }

    /** Whether the header says that a layer has norms. */
    boolean usesDora(String layer) {
        return settings.path(own(layer) + "use_dora").asBoolean(false);
    }

    /** The prefix of a layer's settings. A file of one network does not name the network. */
    private String own(String layer) {
        return settings.has("lora_alpha") ? "" : part(layer);
    }

    /**
     * The numerator of a layer's scale; null without a setting for it.
     *
     * @throws UnusableAdapterException if the setting is no number, or its layers are ambiguous
     */
    @Nullable
    Double alpha(String layer, long rank) {
        String part = own(layer);
        JsonNode alpha = patterns.computeIfAbsent(part + "alpha_pattern", this::patterns)
                .find(names(layer))
                .orElseGet(() -> settings.path(part + "lora_alpha"));
        if (!alpha.isNumber()) {
            return null;
        }
        // Rank-stabilized LoRA (Kalajdzievski 2023, arXiv:2312.03732) divides by the root of the rank.
        boolean stabilized = settings.path(part + "use_rslora").asBoolean(false);
        double numerator = stabilized ? alpha.asDouble() * Math.sqrt(rank) : alpha.asDouble();
        if (!Double.isFinite(numerator)) {
            throw new UnusableAdapterException(KeyProblem.file(
                    KeyProblem.Kind.WRONG_VALUE, "the header's lora_alpha of %s is too large".formatted(layer)));
        }
        return numerator;
    }

    private LayerPatterns patterns(String setting) {
        return new LayerPatterns(setting, settings.path(setting));
    }

    /** A layer's names without its part. A text encoder's names begin with the model around it in some versions. */
    static List<String> names(String layer) {
        String name = layer.substring(part(layer).length());
        return name.startsWith(BaseLayers.TEXT_ENCODER_ROOT)
                ? List.of(name, name.substring(BaseLayers.TEXT_ENCODER_ROOT.length()))
                : List.of(name);
    }
}
