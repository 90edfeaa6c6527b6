package dev.likeness.diffusion.adapter;

import dev.likeness.diffusion.tensor.SafeTensors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The settings that diffusers writes into the header of an adapter's file, peft's LoraConfig of each part of the model. Where
 * they are, they decide the scale: the file holds no alpha then.
 */
final class LoraMetadata {

    private static final String KEY = "lora_adapter_metadata";

    private final JsonNode settings;

    private LoraMetadata(JsonNode settings) {
        this.settings = settings;
    }

    /** @throws UnusableAdapterException if there are settings that cannot be read, or that mean another kind of adapter */
    static LoraMetadata of(SafeTensors file) {
        String json = file.metadata().getOrDefault(KEY, "{}");
        try {
            LoraMetadata metadata = new LoraMetadata(JsonMapper.shared().readTree(json));
            metadata.requirePlain();
            return metadata;
        } catch (JacksonException e) {
            throw new UnusableAdapterException(
                    KeyProblem.file(KeyProblem.Kind.UNKNOWN_KEY, "the header's %s is no JSON".formatted(KEY)));
        }
    }

    private void requirePlain() {
        settings.properties().forEach(setting -> {
            if (setting.getKey().endsWith(".use_dora") && setting.getValue().asBoolean(false)) {
                throw new UnusableAdapterException(KeyProblem.file(
                        KeyProblem.Kind.UNSUPPORTED,
                        "the file is a DoRA, as its header says, which is not supported: only plain LoRA is"));
            }
        });
    }

    /** The numerator of a layer's scale; null if nothing is said of it. */
    @Nullable
    Double alpha(String layer, long rank) {
        int dot = layer.indexOf('.');
        String part = layer.substring(0, dot + 1);
        String name = layer.substring(dot + 1);
        JsonNode alpha = settings.path(part + "lora_alpha");
        for (var pattern : settings.path(part + "alpha_pattern").properties()) {
            if (name.equals(pattern.getKey()) || name.endsWith("." + pattern.getKey())) {
                alpha = pattern.getValue();
                break;
            }
        }
        if (!alpha.isNumber()) {
            return null;
        }
        // Rank-stabilized LoRA (Kalajdzievski 2023, arXiv:2312.03732) divides by the root of the rank.
        boolean stabilized = settings.path(part + "use_rslora").asBoolean(false);
        return stabilized ? alpha.asDouble() * Math.sqrt(rank) : alpha.asDouble();
    }
}
