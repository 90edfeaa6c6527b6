package dev.likeness.diffusion.adapter;

import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.ModelHeaders;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The parts of a base model that an adapter can change: its layers, and the tokens of its text encoders. */
public final class BaseLayers {

    /** Prefix of the UNet's layers. */
    public static final String UNET = "unet.";

    /** Prefix of a text encoder's layers after the model's part; its projection has none. */
    static final String TEXT_ENCODER_ROOT = "text_model.";

    private static final String TEXT_ENCODER = "text_encoder";
    private static final String PROJECTION = "text_projection";
    private static final String WEIGHT = ".weight";

    /** Prefixes of text encoders' layers in other programs' files, and the number of the encoder in models with two. */
    private static final Map<String, Integer> TEXT_ENCODERS = Map.of(
            "clip_l.", 0,
            "clip_h.", 0,
            "clip_g.", 1,
            "cond_stage_model.", 0,
            "conditioner.embedders.0.", 0,
            "conditioner.embedders.1.", 1,
            "lora_te.", 0,
            "lora_te1.", 0,
            "lora_te2.", 1);

    private final Map<String, long[]> shapes;
    private final List<TextEncoder> textEncoders;
    private final KohyaNames kohya;

    /**
     * A text encoder.
     *
     * @param name its folder in the model's folder
     * @param width length of a token's embedding
     * @param positions tokens of a text, with its start and end
     */
    public record TextEncoder(String name, int width, int positions) {}

    /**
     * @param weights shapes of every weight of the UNet and the text encoders, by name after the model's part:
     *     {@code unet.conv_in.weight}
     * @param resnetsPerLevel residual blocks of each level of the UNet
     */
    public BaseLayers(Map<String, long[]> weights, List<TextEncoder> textEncoders, int resnetsPerLevel) {
        Map<String, long[]> found = LoraTargets.ALL.layers(weights);
        weights.forEach((name, shape) -> {
            if (name.endsWith("." + PROJECTION + WEIGHT)) {
                found.put(name.substring(0, name.length() - WEIGHT.length()), shape);
            }
        });
        this.shapes = Collections.unmodifiableMap(found);
        this.textEncoders = List.copyOf(textEncoders);
        this.kohya = new KohyaNames(found.keySet(), textEncoders.size(), resnetsPerLevel);
    }

    /**
     * Reads a model's configuration and the headers of its weight files.
     *
     * @throws InvalidModelException if files are missing or cannot be read
     */
    public static BaseLayers read(ModelHeaders headers) {
        Map<String, long[]> weights = new LinkedHashMap<>();
        headers.shapes("unet").forEach((name, shape) -> weights.put(UNET + name, shape));
        List<TextEncoder> textEncoders = new ArrayList<>();
        for (String part : new String[] {TEXT_ENCODER, TEXT_ENCODER + "_2"}) {
            if (headers.has(part)) {
                JsonNode config = headers.config(part);
                textEncoders.add(new TextEncoder(
                        part, number(config, "hidden_size"), number(config, "max_position_embeddings")));
                headers.shapes(part).forEach((name, shape) -> weights.put(part + "." + rooted(name), shape));
            }
        }
        return new BaseLayers(weights, textEncoders, number(headers.config("unet"), "layers_per_block"));
    }

    private static int number(JsonNode config, String field) {
        if (!config.path(field).isInt()) {
            throw new InvalidModelException("config.json has no number " + field);
        }
        return config.path(field).asInt();
    }

    /** In some files names start at the encoder, in others at the model around it. */
    private static String rooted(String name) {
        return name.startsWith(TEXT_ENCODER_ROOT) || name.startsWith(PROJECTION) ? name : TEXT_ENCODER_ROOT + name;
    }

    /** The model's text encoders. */
    public List<TextEncoder> textEncoders() {
        return textEncoders;
    }

    /** kohya's names of the layers. */
    public KohyaNames kohya() {
        return kohya;
    }

    /** The shape of a layer's weight; null for an unknown layer. */
    long @Nullable [] shape(String layer) {
        return shapes.get(layer);
    }

    /**
     * The layer that a name in an adapter file refers to.
     *
     * @param name prefix of its tensors' names, in any of the known schemes
     */
    Optional<String> find(String name) {
        if (KohyaNames.isOne(name)) {
            return kohya.layer(name);
        }
        String dotted = without(name, "base_model.model.");
        Optional<String> original = original(dotted);
        if (original.isPresent()) {
            return original;
        }
        String plain = dotted.replace(".processor.", ".");
        List<String> candidates = new ArrayList<>();
        for (String spelling : List.of(plain, plain + ".0", attention(plain))) {
            candidates.add(spelling);
            // A file of one network does not name the network.
            candidates.add(UNET + spelling);
            for (TextEncoder textEncoder : textEncoders) {
                String part = textEncoder.name() + ".";
                if (spelling.startsWith(part)) {
                    candidates.add(part + rooted(spelling.substring(part.length())));
                }
            }
            if (textEncoders.size() == 1) {
                candidates.add(textEncoders.get(0).name() + "." + rooted(spelling));
            }
        }
        return candidates.stream().filter(shapes::containsKey).findFirst();
    }

    /** The names of original checkpoints, and of programs that use them, with their dots. */
    private Optional<String> original(String name) {
        for (String network : List.of("model.diffusion_model.", "diffusion_model.", "lora_unet.")) {
            if (name.startsWith(network)) {
                String layer = name.substring(network.length());
                return kohya.layer("lora_unet_" + layer.replace('.', '_'));
            }
        }
        String encoder = without(name, "text_encoders.");
        for (Map.Entry<String, Integer> prefix : TEXT_ENCODERS.entrySet()) {
            if (encoder.startsWith(prefix.getKey())) {
                // A model with one encoder accepts any name for it.
                TextEncoder textEncoder = textEncoders.get(textEncoders.size() == 1 ? 0 : prefix.getValue());
                String rest = without(encoder.substring(prefix.getKey().length()), "transformer.");
                String layer = textEncoder.name() + "." + rooted(rest);
                return shapes.containsKey(layer) ? Optional.of(layer) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static String without(String name, String prefix) {
        return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }

    /** In old files the projections of a text encoder have the names of the UNet's. */
    private static String attention(String name) {
        int dot = name.lastIndexOf('.');
        String last = switch (name.substring(dot + 1)) {
            case "to_q" -> "q_proj";
            case "to_k" -> "k_proj";
            case "to_v" -> "v_proj";
            case "to_out" -> "out_proj";
            default -> name.substring(dot + 1);
        };
        return name.substring(0, dot + 1) + last;
    }
}
