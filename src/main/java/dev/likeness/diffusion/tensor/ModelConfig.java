package dev.likeness.diffusion.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Reads the configuration files of a model folder into records with the files' own names, in camel case. */
public final class ModelConfig {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            .build();

    private ModelConfig() {}

    /**
     * Reads a file.
     *
     * @throws InvalidModelException if it is missing or is not what the record expects
     */
    public static <T> T read(Path file, Class<T> type) {
        return convert(file, tree(file), type);
    }

    /** Reads one object inside a file. */
    public static <T> T read(Path file, String field, Class<T> type) {
        return convert(file, tree(file).path(field), type);
    }

    /** Reads a file as it is. */
    public static JsonNode tree(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidModelException(name(file) + " is missing");
        }
        try {
            return JSON.readTree(Files.readString(file));
        } catch (IOException | JacksonException e) {
            throw new InvalidModelException("cannot read " + name(file), e);
        }
    }

    private static <T> T convert(Path file, JsonNode json, Class<T> type) {
        try {
            return JSON.treeToValue(json, type);
        } catch (JacksonException e) {
            throw new InvalidModelException(name(file) + " does not describe a supported network", e);
        }
    }

    private static String name(Path file) {
        int names = file.getNameCount();
        return file.subpath(Math.max(0, names - 2), names).toString();
    }
}
