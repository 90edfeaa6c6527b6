package dev.likeness.app.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The built-in defaults and the presets, from {@code configs} on the class path. */
@Component
class SpecFiles {

    private static final String SUFFIX = ".yml";

    private final ObjectNode defaults;
    private final Map<String, Preset> presets;

    SpecFiles(JsonMapper json) {
        PathMatchingResourcePatternResolver resources = new PathMatchingResourcePatternResolver();
        try {
            this.defaults = json.valueToTree(read(resources.getResource("classpath:configs/defaults.yml")));
            this.presets = new TreeMap<>();
            for (Resource file : resources.getResources("classpath*:configs/presets/*" + SUFFIX)) {
                Preset preset = preset(file, json);
                presets.put(preset.id(), preset);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A copy. */
    ObjectNode defaults() {
        return defaults.deepCopy();
    }

    /** By id. */
    Map<String, Preset> presets() {
        return presets;
    }

    private static Preset preset(Resource file, JsonMapper json) throws IOException {
        String name = Objects.requireNonNull(file.getFilename());
        String id = name.substring(0, name.length() - SUFFIX.length());
        File content = json.rebuild()
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .build()
                .convertValue(read(file), File.class);
        return new Preset(id, content.description(), content.model(), content.spec());
    }

    private static Map<String, Object> read(Resource file) throws IOException {
        try (InputStream in = file.getInputStream()) {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
        }
    }

    private record File(String description, String model, Map<String, Object> spec) {}
}
