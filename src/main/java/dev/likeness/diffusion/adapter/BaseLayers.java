package dev.likeness.diffusion.adapter;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The parts of a base model that an adapter can change: its layers, and the tokens of its text encoders. */
public final class BaseLayers {

    /** Prefix of a text encoder's layers after the model's part; its projection has none. */
    static final String TEXT_ENCODER_ROOT = "text_model.";

    /** The first, or only, text encoder. Names of others begin with it. */
    static final String TEXT_ENCODER = "text_encoder";

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
    private final Denoiser denoiser;
    private final List<TextEncoder> textEncoders;
    private final KohyaNames kohya;

    /**
     * The denoiser.
     *
     * @param name its folder in the model's folder, which begins the names of its layers
     * @param attention names of its attentions' projections
     * @param names of its layers in files
     */
    public record Denoiser(String name, Set<String> attention, DenoiserNames names) {}

    /**
     * A text encoder.
     *
     * @param name its folder in the model's folder
     * @param attention names of its attentions' projections
     * @param width length of a token's embedding
     * @param positions tokens of a text, with its start and end
     */
    public record TextEncoder(String name, Set<String> attention, int width, int positions) {}

    /**
     * @param weights shapes of every weight of the denoiser and the text encoders, by name after the model's part:
     *     {@code unet.conv_in.weight}
     */
    public BaseLayers(Map<String, long[]> weights, Denoiser denoiser, List<TextEncoder> textEncoders) {
        Map<String, long[]> found = LoraTargets.ALL.layers(weights, Set.of());
        weights.forEach((name, shape) -> {
            if (name.endsWith("." + PROJECTION + WEIGHT)) {
                found.put(name.substring(0, name.length() - WEIGHT.length()), shape);
            }
        });
        this.shapes = Collections.unmodifiableMap(found);
        this.denoiser = denoiser;
        this.textEncoders = List.copyOf(textEncoders);
        this.kohya = new KohyaNames(found.keySet(), textEncoders.size(), denoiser.names());
    }

    /** Whether a layer is of a text encoder, and not of the denoiser. */
    public static boolean isOfTextEncoder(String layer) {
        return layer.startsWith(TEXT_ENCODER);
    }

    /** In some files names start at the encoder, in others at the model around it. */
    private static String rooted(String name) {
        return name.startsWith(TEXT_ENCODER_ROOT) || name.startsWith(PROJECTION) ? name : TEXT_ENCODER_ROOT + name;
    }

    /** The model's text encoders. */
    public List<TextEncoder> textEncoders() {
        return textEncoders;
    }

    /** The endings of the tensors of a layer's adapter in files of diffusers. */
    public LoraSuffixes suffixes(String layer) {
        return isOfTextEncoder(layer)
                ? LoraSuffixes.TEXT_ENCODER
                : denoiser.names().diffusers();
    }

    /** The smallest set of targets with all of some layers. */
    LoraTargets targets(Map<String, LoraFile.Layer> layers) {
        return Stream.of(LoraTargets.ATTENTION, LoraTargets.LINEAR)
                .filter(targets -> layers.entrySet().stream()
                        .allMatch(layer -> targets.includes(
                                layer.getKey(), layer.getValue().weight(), attention(layer.getKey()))))
                .findFirst()
                .orElse(LoraTargets.ALL);
    }

    private Set<String> attention(String layer) {
        return textEncoders.stream()
                .filter(textEncoder -> layer.startsWith(textEncoder.name() + "."))
                .findFirst()
                .map(TextEncoder::attention)
                .orElse(denoiser.attention());
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
        for (String spelling : List.of(plain, plain + ".0", projection(plain))) {
            candidates.add(spelling);
            // A file of one network does not name the network.
            candidates.add(denoiser.name() + "." + spelling);
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
        return candidates.stream().filter(shapes::containsKey).findFirst().or(() -> ofOriginal(plain));
    }

    /** A layer of the denoiser by its name in original checkpoints. */
    private Optional<String> ofOriginal(String name) {
        return kohya.layer("lora_unet_" + name.replace('.', '_'));
    }

    /** The names of original checkpoints, and of programs that use them, with their dots. */
    private Optional<String> original(String name) {
        for (String network : List.of("model.diffusion_model.", "diffusion_model.", "lora_unet.")) {
            if (name.startsWith(network)) {
                return ofOriginal(name.substring(network.length()));
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

    /** In old files the projections of a text encoder have the names of a denoiser's. */
    private static String projection(String name) {
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
