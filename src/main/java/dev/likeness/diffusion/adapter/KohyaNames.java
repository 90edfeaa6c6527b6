package dev.likeness.diffusion.adapter;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * kohya's flat names of a model's layers: underscores replace dots, so that a name can only be resolved with the model's list of
 * layers. SDXL's UNet has the names of the original implementation's blocks. Files of other programs have the names of diffusers
 * there, or the original ones for other models; they are read too.
 */
public final class KohyaNames {

    private static final String UNET = "lora_unet_";
    private static final String TEXT_ENCODER = "lora_te_";
    private static final String FIRST_TEXT_ENCODER = "lora_te1_";
    private static final String SECOND_TEXT_ENCODER = "lora_te2_";

    private final Map<String, String> flat = new HashMap<>();
    private final Map<String, String> layers = new HashMap<>();

    /**
     * @param names of every layer, as in adapters
     * @param textEncoders number of the model's text encoders; with two, their names are numbered
     * @param resnetsPerLevel residual blocks per level of the UNet, for the original names
     */
    KohyaNames(Collection<String> names, int textEncoders, int resnetsPerLevel) {
        for (String name : names) {
            String part = name.substring(0, name.indexOf('.'));
            String rest = name.substring(part.length() + 1);
            String key = prefix(part, textEncoders) + flattened(rest);
            layers.put(key, name);
            flat.put(name, key);
            if (part.equals("unet")) {
                List<String> originals = OriginalBlocks.of(rest, resnetsPerLevel);
                originals.forEach(original -> layers.putIfAbsent(UNET + flattened(original), name));
                if (textEncoders > 1 && !originals.isEmpty()) {
                    flat.put(name, UNET + flattened(originals.get(isBehindAttention(rest, names) ? 1 : 0)));
                }
            } else if (textEncoders == 1) {
                layers.put(FIRST_TEXT_ENCODER + flattened(rest), name);
            }
        }
    }

    /** Whether a layer is an upsampling behind an attention, which moves its number in the original blocks by one. */
    private static boolean isBehindAttention(String layer, Collection<String> names) {
        int upsampler = layer.indexOf(".upsamplers.");
        String attention = upsampler < 0 ? "" : "unet.%s.attentions.".formatted(layer.substring(0, upsampler));
        return upsampler >= 0 && names.stream().anyMatch(name -> name.startsWith(attention));
    }

    /** Whether a tensor's name is one of kohya's, for any model. */
    static boolean isOne(String key) {
        return key.startsWith(UNET)
                || Stream.of(TEXT_ENCODER, FIRST_TEXT_ENCODER, SECOND_TEXT_ENCODER)
                        .anyMatch(key::startsWith);
    }

    private static String prefix(String part, int textEncoders) {
        return switch (part) {
            case "unet" -> UNET;
            case "text_encoder" -> textEncoders > 1 ? FIRST_TEXT_ENCODER : TEXT_ENCODER;
            default -> SECOND_TEXT_ENCODER;
        };
    }

    private static String flattened(String name) {
        return name.replace('.', '_');
    }

    /** The flat name of a layer; the name itself for an unknown layer. */
    public String flat(String layer) {
        return flat.getOrDefault(layer, layer);
    }

    /** The layer with a flat name. */
    Optional<String> layer(String flatName) {
        return Optional.ofNullable(layers.get(flatName));
    }
}
