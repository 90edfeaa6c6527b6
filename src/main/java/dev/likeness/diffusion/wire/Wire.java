package dev.likeness.diffusion.wire;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An enum constant with the name that JSON, the database and files use for it. */
public interface Wire {

    /** The name: the constant's own in lower case, unless its type says otherwise. */
    @JsonValue
    default String wire() {
        return ((Enum<?>) this).name().toLowerCase(Locale.ROOT);
    }

    /** The constant of a name. */
    static <E extends Enum<E> & Wire> Optional<E> of(Class<E> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(it -> it.wire().equals(name))
                .findFirst();
    }

    /**
     * The constant of a name.
     *
     * @throws IllegalArgumentException with all names, if the name is unknown
     */
    static <E extends Enum<E> & Wire> E named(Class<E> type, String name) {
        return of(type, name)
                .orElseThrow(() -> new IllegalArgumentException("%s is not one of %s".formatted(name, names(type))));
    }

    /** The names of all constants, in their order. */
    static List<String> names(Class<? extends Wire> type) {
        return Arrays.stream(type.getEnumConstants()).map(Wire::wire).toList();
    }
}
