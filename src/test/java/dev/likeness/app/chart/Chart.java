package dev.likeness.app.chart;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The Helm chart, rendered by Helm itself as a release {@code rel} in a namespace {@code ns}. */
final class Chart {

    static final Path FOLDER = Path.of("helm/likeness");

    private static final Path VALUES = Path.of("helm/values");

    private static final JsonMapper JSON = new JsonMapper();

    private Chart() {}

    /** The example settings, by their names. */
    static List<String> examples() {
        try (Stream<Path> files = Files.list(VALUES)) {
            return files.map(it -> it.getFileName().toString().replace(".yaml", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Helm leaves hooks out of what it renders, so the migration here is a normal Job.
     *
     * @param settings as {@code --set} takes them
     * @throws IllegalStateException if Helm refuses
     */
    static List<JsonNode> render(String example, String... settings) {
        TemplateCommand command = new Helm(FOLDER)
                .template()
                .withName("rel")
                .withNamespace("ns")
                .withKubeVersion("1.30.0")
                .withValuesFile(VALUES.resolve(example + ".yaml"))
                .set("migration.annotations.helm\\.sh/hook", "null");
        for (String setting : settings) {
            String[] parts = setting.split("=", 2);
            command.set(parts[0], parts[1]);
        }
        return documents(command.call());
    }

    /** What the chart sets by itself. */
    static JsonNode defaults() {
        try {
            return documents(Files.readString(FOLDER.resolve("values.yaml"))).get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<JsonNode> documents(String yaml) {
        return StreamSupport.stream(new Yaml().loadAll(yaml).spliterator(), false)
                .filter(Objects::nonNull)
                .map(it -> JSON.<JsonNode>valueToTree(it))
                .toList();
    }

    static JsonNode one(List<JsonNode> resources, String kind, String name) {
        return resources.stream()
                .filter(it -> it.at("/kind").asString().equals(kind))
                .filter(it -> it.at("/metadata/name").asString().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no %s %s".formatted(kind, name)));
    }

    /** The pods that a release starts, by the name of what starts them. */
    static Map<String, JsonNode> pods(List<JsonNode> resources) {
        return resources.stream()
                .filter(it -> !it.at("/spec/template").isMissingNode())
                .collect(Collectors.toMap(it -> it.at("/metadata/name").asString(), it -> it.at("/spec/template")));
    }
}
