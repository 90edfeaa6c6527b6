package dev.likeness.diffusion.adapter;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The name of a tensor of an adapter.
 *
 * @param layer name of the layer
 * @param tensor of the layer; null for alpha, the numerator of its scale
 * @param format with this naming scheme
 */
record LoraKey(String layer, @Nullable LayerTensor tensor, AdapterFormat format) {

    private record Suffix(String text, @Nullable LayerTensor tensor, AdapterFormat format) {}

    private static final List<Suffix> SUFFIXES = Stream.concat(
                    Stream.of(
                            new Suffix(".lora.down.weight", LayerTensor.LORA_DOWN, AdapterFormat.DIFFUSERS),
                            new Suffix(".lora.up.weight", LayerTensor.LORA_UP, AdapterFormat.DIFFUSERS),
                            new Suffix("_lora.down.weight", LayerTensor.LORA_DOWN, AdapterFormat.DIFFUSERS),
                            new Suffix("_lora.up.weight", LayerTensor.LORA_UP, AdapterFormat.DIFFUSERS),
                            new Suffix(
                                    ".lora_linear_layer.down.weight", LayerTensor.LORA_DOWN, AdapterFormat.DIFFUSERS),
                            new Suffix(".lora_linear_layer.up.weight", LayerTensor.LORA_UP, AdapterFormat.DIFFUSERS),
                            new Suffix(".lora_A.weight", LayerTensor.LORA_DOWN, AdapterFormat.PEFT),
                            new Suffix(".lora_B.weight", LayerTensor.LORA_UP, AdapterFormat.PEFT),
                            new Suffix(".lora_A", LayerTensor.LORA_DOWN, AdapterFormat.PEFT),
                            new Suffix(".lora_B", LayerTensor.LORA_UP, AdapterFormat.PEFT),
                            new Suffix(".lora_magnitude_vector", LayerTensor.DORA_SCALE, AdapterFormat.PEFT),
                            new Suffix(".alpha", null, AdapterFormat.KOHYA)),
                    Stream.of(LayerTensor.values())
                            .map(tensor -> new Suffix("." + tensor.suffix(), tensor, AdapterFormat.KOHYA)))
            .toList();

    /** The name of the adapter in peft's model, which some programs keep in the file, before or in place of {@code weight}. */
    private static final Pattern ADAPTER_NAME = Pattern.compile(
            "(\\.lora_[AB])\\.[\\w-]+(\\.weight)$|(\\.lora_magnitude_vector)(?:\\.[\\w-]+){1,2}$|(\\.(?:hada|lokr)_[wt][12](?:_[ab])?)\\.[\\w-]+$");

    /** Parts and endings of tensor names of other kinds of adapters. */
    private static final List<OtherKind> OTHER_KINDS = List.of(
            new OtherKind("lokr_t1", "LoKr with a core of its first factor"),
            new OtherKind("\\.[ab][12]\\.weight$", "GLoRA"),
            new OtherKind("\\.(reshape_weight|set_weight)$", "a LoRA that changes the shape of weights"),
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
        String key = ADAPTER_NAME.matcher(name).replaceFirst("$1$2$3$4");
        return SUFFIXES.stream()
                .filter(suffix -> key.endsWith(suffix.text))
                .findFirst()
                .map(suffix -> new LoraKey(
                        key.substring(0, key.length() - suffix.text.length()), suffix.tensor, suffix.format));
    }

    /** The problem of a name outside the known schemes. */
    static KeyProblem problem(String key) {
        return OTHER_KINDS.stream()
                .filter(it -> it.names().matcher(key).find())
                .findFirst()
                .map(it -> new KeyProblem(
                        key,
                        KeyProblem.Kind.UNSUPPORTED,
                        "belongs to %s, which is not supported: LoRA, DoRA, LoHa and LoKr are".formatted(it.kind())))
                .orElseGet(() -> new KeyProblem(
                        key,
                        KeyProblem.Kind.UNKNOWN_KEY,
                        "does not match the naming schemes of diffusers, peft, kohya and LyCORIS"));
    }
}
