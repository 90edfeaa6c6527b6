package dev.likeness.diffusion.schedule;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a {@code scheduler_config.json}. A null field counts as absent. Invalid fields cause an
 * {@link IllegalArgumentException} that names the field.
 */
final class ConfigFields {

    private final Map<String, ?> json;

    ConfigFields(Map<String, ?> json) {
        this.json = json;
    }

    double number(String field, double otherwise) {
        Double value = number(field);
        return value == null ? otherwise : value;
    }

    @Nullable
    Double number(String field) {
        Object value = json.get(field);
        if (value == null) {
            return null;
        }
        if (value instanceof Number n) {
            return n.doubleValue();
        }
        throw new IllegalArgumentException(field + ": " + value + " is not a number");
    }

    boolean flag(String field, boolean otherwise) {
        Boolean value = flag(field);
        return value == null ? otherwise : value;
    }

    @Nullable
    Boolean flag(String field) {
        Object value = json.get(field);
        if (value == null) {
            return null;
        }
        if (value instanceof Boolean b) {
            return b;
        }
        throw new IllegalArgumentException(field + ": " + value + " is not true or false");
    }

    <E extends Enum<E>> E choice(Class<E> type, String field, E otherwise) {
        E value = choice(type, field);
        return value == null ? otherwise : value;
    }

    <E extends Enum<E>> @Nullable E choice(Class<E> type, String field) {
        Object value = json.get(field);
        if (value == null) {
            return null;
        }
        try {
            return Enum.valueOf(type, value.toString().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(field + ": " + value + " is not supported", e);
        }
    }

    @Nullable
    String text(String field) {
        Object value = json.get(field);
        return value == null ? null : value.toString();
    }

    /** Refuses other values of a field. An absent field is accepted. */
    void require(String field, String... supported) {
        Object value = json.get(field);
        if (value != null && !Arrays.asList(supported).contains(value.toString())) {
            throw new IllegalArgumentException(field + ": " + value + " is not supported");
        }
    }
}
