package dev.likeness.diffusion.adapter;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The name of a tensor of a low-rank adapter.
 *
 * @param layer what it says of the layer
 * @param role which of the layer's tensors it is
 * @param format whose names are like this
 */
record LoraKey(String layer, Role role, AdapterFormat format) {

    /** A layer's tensors. */
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
            new Suffix(".lora_A.default.weight", Role.DOWN, AdapterFormat.PEFT),
            new Suffix(".lora_B.default.weight", Role.UP, AdapterFormat.PEFT),
            new Suffix(".lora_down.weight", Role.DOWN, AdapterFormat.KOHYA),
            new Suffix(".lora_up.weight", Role.UP, AdapterFormat.KOHYA),
            new Suffix(".alpha", Role.ALPHA, AdapterFormat.KOHYA));

    /** What names of tensors of other kinds of adapters hold. */
    private static final Map<String, String> OTHER_KINDS = Map.of(
            "dora_scale", "DoRA",
            "lora_magnitude_vector", "DoRA",
            "hada_", "LoHa",
            "lokr_", "LoKr",
            "lora_mid", "LoCon in Tucker form",
            "oft_", "OFT",
            ".on_input", "IA3",
            ".diff", "a full difference of weights",
            "string_to_param", "a bundled embedding",
            "lora_B.bias", "a LoRA with biases");

    /** The parts of a name; empty if it is in none of the known schemes. */
    static Optional<LoraKey> parse(String key) {
        return SUFFIXES.stream()
                .filter(suffix -> key.endsWith(suffix.text))
                .findFirst()
                .map(suffix ->
                        new LoraKey(key.substring(0, key.length() - suffix.text.length()), suffix.role, suffix.format));
    }

    /** What is wrong with a name in none of the known schemes. */
    static KeyProblem problem(String key) {
        return OTHER_KINDS.entrySet().stream()
                .filter(kind -> key.contains(kind.getKey()))
                .findFirst()
                .map(kind -> new KeyProblem(
                        key,
                        KeyProblem.Kind.UNSUPPORTED,
                        "belongs to %s, which is not supported: only plain LoRA is".formatted(kind.getValue())))
                .orElseGet(() -> new KeyProblem(
                        key,
                        KeyProblem.Kind.UNKNOWN_KEY,
                        "is in none of the naming schemes of diffusers, peft and kohya"));
    }
}
