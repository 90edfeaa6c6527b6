package dev.likeness.diffusion.lora;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * kohya's flat names of a model's layers: dots become underscores, so that only a model's own list of layers tells the way
 * back. SDXL's UNet also goes by the names of the original implementation's blocks.
 */
public final class KohyaNames {

    private static final String UNET = "lora_unet_";

    private final Map<String, String> flat = new HashMap<>();
    private final Map<String, String> layers = new HashMap<>();

    /**
     * @param names of every layer, as adapters have them
     * @param towers how many text towers the model has: with two, their names are numbered
     * @param resnetsPerLevel residual blocks of each level of the UNet, for the original names
     */
    public KohyaNames(Collection<String> names, int towers, int resnetsPerLevel) {
        for (String name : names) {
            String key = flat(name, towers);
            flat.put(name, key);
            layers.put(key, name);
            if (name.startsWith(LoraAdapter.UNET)) {
                OriginalBlocks.of(name.substring(LoraAdapter.UNET.length()), resnetsPerLevel)
                        .ifPresent(original -> layers.putIfAbsent(UNET + original.replace('.', '_'), name));
            }
        }
    }

    private static String flat(String name, int towers) {
        String part = name.substring(0, name.indexOf('.'));
        String rest = name.substring(part.length() + 1).replace('.', '_');
        return switch (part) {
            case "unet" -> UNET + rest;
            case "text_encoder" -> (towers > 1 ? "lora_te1_" : "lora_te_") + rest;
            default -> "lora_te2_" + rest;
        };
    }

    /** The flat name of a layer; the name itself if the model has no such layer. */
    public String flat(String layer) {
        return flat.getOrDefault(layer, layer);
    }

    /** The layer with a flat name. */
    public Optional<String> layer(String flatName) {
        return Optional.ofNullable(layers.get(flatName));
    }
}
