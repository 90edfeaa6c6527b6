package dev.likeness.diffusion.method;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All training methods. */
public final class Methods {

    private static final List<MethodType> ALL =
            List.of(DreamBooth.TYPE, Lora.TYPE, TextualInversion.TYPE, Momentum.TYPE, PivotalTuning.TYPE);

    private static final Map<String, MethodType> BY_NAME =
            ALL.stream().collect(Collectors.toMap(MethodType::name, Function.identity()));

    private Methods() {}

    /** Every method, in the order of documentation. */
    public static List<MethodType> all() {
        return ALL;
    }

    /** Names on the wire, in the order of documentation. */
    public static List<String> names() {
        return ALL.stream().map(MethodType::name).toList();
    }

    /** The method of this name; empty if it is unknown. */
    public static Optional<MethodType> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** @throws IllegalArgumentException if there is no method of this name */
    public static MethodType named(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "method %s does not exist; the methods are %s".formatted(name, names())));
    }
}
