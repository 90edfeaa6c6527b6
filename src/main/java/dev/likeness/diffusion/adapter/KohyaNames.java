package dev.likeness.diffusion.adapter;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * kohya's flat names of a model's layers: underscores replace dots, so that a name can only be resolved with the model's list of
 * layers. Some denoisers have the names of their original implementation. Files of other programs have the names of diffusers
 * there, or the original ones for other models; they are read too.
 */
public final class KohyaNames {

    private static final String DENOISER = "lora_unet_";
    private static final String TEXT_ENCODER = "lora_te_";
    private static final String FIRST_TEXT_ENCODER = "lora_te1_";
    private static final String SECOND_TEXT_ENCODER = "lora_te2_";

    private final Map<String, String> flat = new HashMap<>();
    private final Map<String, String> layers = new HashMap<>();

    /**
     * @param names of every layer, as in adapters
     * @param textEncoders number of the model's text encoders; with two, their names are numbered
     * @param denoiser names of the denoiser's layers
     */
    KohyaNames(Collection<String> names, int textEncoders, DenoiserNames denoiser) {
        for (String name : names) {
            String part = name.substring(0, name.indexOf('.'));
            String rest = name.substring(part.length() + 1);
            if (BaseLayers.isOfTextEncoder(name)) {
                add(prefix(part, textEncoders) + flattened(rest), name);
                if (textEncoders == 1) {
                    layers.put(FIRST_TEXT_ENCODER + flattened(rest), name);
                }
            } else {
                add(DENOISER + flattened(rest), name);
                denoiser.originals(rest).forEach(original -> layers.putIfAbsent(DENOISER + flattened(original), name));
                flat.put(name, DENOISER + flattened(denoiser.kohya(rest)));
            }
        }
    }

    private void add(String key, String name) {
        layers.put(key, name);
        flat.put(name, key);
    }

    /** Whether a tensor's name is one of kohya's, for any model. */
    static boolean isOne(String key) {
        return Stream.of(DENOISER, TEXT_ENCODER, FIRST_TEXT_ENCODER, SECOND_TEXT_ENCODER)
                .anyMatch(key::startsWith);
    }

    private static String prefix(String part, int textEncoders) {
        if (textEncoders == 1) {
            return TEXT_ENCODER;
        }
        return part.equals(BaseLayers.TEXT_ENCODER) ? FIRST_TEXT_ENCODER : SECOND_TEXT_ENCODER;
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
