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

    private static final String TIMESTEPS = "num_train_timesteps";

    /**
     * A hundred times the number of every published model. Larger numbers are mistakes, and would use memory
     * accordingly.
     */
    private static final int MOST_TIMESTEPS = 100_000;

    private final Map<String, ?> json;

    ConfigFields(Map<String, ?> json) {
        this.json = json;
    }

    /** Number of timesteps in training, T. */
    int trainTimesteps() {
        double timesteps = number(TIMESTEPS, 1000);
        if (timesteps < 2 || timesteps > MOST_TIMESTEPS || timesteps != Math.rint(timesteps)) {
            throw new IllegalArgumentException(
                    "%s: %s is not a whole number from 2 to %d".formatted(TIMESTEPS, text(TIMESTEPS), MOST_TIMESTEPS));
        }
        return (int) timesteps;
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
