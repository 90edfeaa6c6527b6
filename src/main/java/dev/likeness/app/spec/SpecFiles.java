package dev.likeness.app.spec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The built-in defaults, presets and prompt lists, from {@code configs} on the class path. An operator's presets and
 * lists, in a folder of the same layout, replace those with the same name.
 */
@Component
public class SpecFiles {

    private static final String SUFFIX = ".yml";

    private final ObjectNode defaults;
    private final Map<String, Preset> presets = new TreeMap<>();
    private final Map<String, PromptList> promptLists = new TreeMap<>();
    private final JsonMapper json;

    SpecFiles(JsonMapper json, @Value("${likeness.configs}") Path own) {
        this.json = json.rebuild()
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .build();
        PathMatchingResourcePatternResolver resources = new PathMatchingResourcePatternResolver();
        try {
            this.defaults = json.valueToTree(read(resources.getResource("classpath:configs/defaults.yml")));
            for (String folder : List.of("classpath*:configs/", own.toUri().toString())) {
                for (Resource file : resources.getResources(folder + "presets/*" + SUFFIX)) {
                    PresetFile content = content(file, PresetFile.class);
                    String id = id(file);
                    presets.put(id, new Preset(id, content.description(), content.model(), content.spec()));
                }
                for (Resource file : resources.getResources(folder + "prompts/*" + SUFFIX)) {
                    PromptFile content = content(file, PromptFile.class);
                    String id = id(file);
                    promptLists.put(
                            id, new PromptList(id, content.description(), content.classWords(), content.kinds()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A copy of the defaults. */
    public ObjectNode defaults() {
        return defaults.deepCopy();
    }

    /** Presets by id. */
    public Map<String, Preset> presets() {
        return presets;
    }

    /** Presets by id. */
    Map<String, PromptList> promptLists() {
        return promptLists;
    }

    private static String id(Resource file) {
        String name = Objects.requireNonNull(file.getFilename());
        return name.substring(0, name.length() - SUFFIX.length());
    }

    private <T> T content(Resource file, Class<T> type) throws IOException {
        try {
            Map<String, Object> tree = read(file);
            if (tree == null) {
                throw new IllegalStateException("%s is empty".formatted(file.getDescription()));
            }
            return json.convertValue(tree, type);
        } catch (YAMLException | JacksonException e) {
            throw new IllegalStateException(
                    "%s cannot be used: %s".formatted(file.getDescription(), e.getMessage()), e);
        }
    }

    private static @Nullable Map<String, Object> read(Resource file) throws IOException {
        try (InputStream in = file.getInputStream()) {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
        }
    }

    private record PresetFile(String description, String model, Map<String, Object> spec) {}

    private record PromptFile(String description, List<String> classWords, Map<String, List<String>> kinds) {}
}
