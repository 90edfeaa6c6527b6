package dev.likeness.diffusion.adapter;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a tensor of a low-rank adapter.
 *
 * @param layer name of the layer
 * @param role of the tensor in the layer
 * @param format with this naming scheme
 */
record LoraKey(String layer, Role role, AdapterFormat format) {

    /** The kinds of a layer's tensors. */
    enum Role {
        DOWN,
        UP,
        ALPHA
    }

    private record Suffix(String text, Role role, AdapterFormat format) {}

    private static final List<Suffix> SUFFIXES = List.of(
            new Suffix(".lora.down.weight", Role.DOWN, AdapterFormat.DIFFUSERS),
            new Suffix(".lora.up.weight", Role.UP, AdapterFormat.DIFFUSERS),
            new Suffix("_lora.down.weight", Role.DOWN, AdapterFormat.DIFFUSERS),
            new Suffix("_lora.up.weight", Role.UP, AdapterFormat.DIFFUSERS),
            new Suffix(".lora_linear_layer.down.weight", Role.DOWN, AdapterFormat.DIFFUSERS),
            new Suffix(".lora_linear_layer.up.weight", Role.UP, AdapterFormat.DIFFUSERS),
            new Suffix(".lora_A.weight", Role.DOWN, AdapterFormat.PEFT),
            new Suffix(".lora_B.weight", Role.UP, AdapterFormat.PEFT),
            new Suffix(".lora_down.weight", Role.DOWN, AdapterFormat.KOHYA),
            new Suffix(".lora_up.weight", Role.UP, AdapterFormat.KOHYA),
            new Suffix(".alpha", Role.ALPHA, AdapterFormat.KOHYA));

    /** The name of the adapter in peft's model, which some programs keep in the file. */
    private static final Pattern ADAPTER_NAME = Pattern.compile("(\\.lora_[AB])\\.[\\w-]+(\\.weight)$");

    /** Parts and endings of tensor names of other kinds of adapters. */
    private static final List<OtherKind> OTHER_KINDS = List.of(
            new OtherKind("dora_scale|lora_magnitude_vector", "DoRA"),
            new OtherKind("hada_", "LoHa"),
            new OtherKind("lokr_", "LoKr"),
            new OtherKind("lora_mid", "LoCon in Tucker form"),
            new OtherKind("oft_", "OFT"),
            new OtherKind("\\.on_input$|ia3_", "IA3"),
            new OtherKind("vera_", "VeRA"),
            new OtherKind("\\.diff(_b)?$", "a full difference of weights"),
            new OtherKind("\\.[wb]_norm$", "a full difference of norms"),
            new OtherKind("lora_B\\.([\\w-]+\\.)?bias$", "a LoRA with biases"));

    private record OtherKind(Pattern names, String kind) {

        OtherKind(String names, String kind) {
            this(Pattern.compile(names), kind);
        }
    }

    /** The parts of a name; empty for a name outside the known schemes. */
    static Optional<LoraKey> parse(String name) {
        String key = ADAPTER_NAME.matcher(name).replaceFirst("$1$2");
        return SUFFIXES.stream()
                .filter(suffix -> key.endsWith(suffix.text))
                .findFirst()
                .map(suffix ->
                        new LoraKey(key.substring(0, key.length() - suffix.text.length()), suffix.role, suffix.format));
    }

    /** The problem of a name outside the known schemes. */
    static KeyProblem problem(String key) {
        return OTHER_KINDS.stream()
                .filter(it -> it.names().matcher(key).find())
                .findFirst()
                .map(it -> new KeyProblem(
                        key,
                        KeyProblem.Kind.UNSUPPORTED,
                        "belongs to %s, which is not supported: only plain LoRA is".formatted(it.kind())))
                .orElseGet(() -> new KeyProblem(
                        key,
                        KeyProblem.Kind.UNKNOWN_KEY,
                        "does not match the naming schemes of diffusers, peft and kohya"));
    }
}
