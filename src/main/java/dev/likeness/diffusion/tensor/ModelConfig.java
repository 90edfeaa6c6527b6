package dev.likeness.diffusion.tensor;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads the configuration files of a model folder into records with the files' own names, in camel case. */
public final class ModelConfig {

    private static final JsonMapper JSON = JsonMapper.builder()
            // Python writes -Infinity, for instance into the configuration of a scheduler.
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            .build();

    private ModelConfig() {}

    /**
     * Reads a file. With the defaults it must contain every component of the record that is not nullable.
     *
     * @param defaults values of optional fields, by their names in the file
     * @throws InvalidModelException if it is missing or does not match the record
     */
    public static <T> T read(Path file, Class<T> type, Map<String, ?> defaults) {
        return convert(name(file), tree(file), type, defaults);
    }

    /** Reads one object inside a file. */
    public static <T> T read(Path file, String field, Class<T> type, Map<String, ?> defaults) {
        return convert(name(file) + ": " + field, tree(file).path(field), type, defaults);
    }

    /**
     * Parses the content of a model's JSON file.
     *
     * @throws JacksonException if it is not JSON, including Python's extensions of JSON
     */
    public static JsonNode parse(String contents) {
        return JSON.readTree(contents);
    }

    /** Reads a file without interpreting it. */
    public static JsonNode tree(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidModelException(name(file) + " is missing");
        }
        try {
            return parse(Files.readString(file));
        } catch (IOException | JacksonException e) {
            throw new InvalidModelException("cannot read " + name(file), e);
        }
    }

    /**
     * Converts JSON to a record.
     *
     * @param name of the file, for the error message
     */
    public static <T> T convert(String name, JsonNode json, Class<T> type, Map<String, ?> defaults) {
        if (!(json instanceof ObjectNode given)) {
            throw new InvalidModelException(name + " is not an object");
        }
        ObjectNode complete = given.deepCopy();
        defaults.forEach((field, value) -> {
            if (!complete.hasNonNull(field)) {
                complete.set(field, JSON.valueToTree(value));
            }
        });
        if (type.isRecord()) {
            requireComponents(name, complete, type);
        }
        try {
            return JSON.treeToValue(complete, type);
        } catch (JacksonException e) {
            throw new InvalidModelException(name + " does not describe a supported network", e);
        }
    }

    /** Without this check, a missing number would become zero. */
    private static void requireComponents(String name, ObjectNode json, Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            String field = snakeCase(component.getName());
            if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class) && !json.hasNonNull(field)) {
                throw new InvalidModelException("%s: %s is missing".formatted(name, field));
            }
        }
    }

    private static String snakeCase(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    /** The name of a file with that of its folder, for error messages. */
    public static String name(Path file) {
        int names = file.getNameCount();
        return file.subpath(Math.max(0, names - 2), names).toString();
    }
}
