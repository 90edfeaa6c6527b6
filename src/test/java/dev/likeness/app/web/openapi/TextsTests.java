package dev.likeness.app.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.ApiTest;
import dev.likeness.diffusion.evaluation.Metric;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Each field, parameter, operation and tag of the document has a text, and each text has its place there. */
@ApiTest
class TextsTests {

    private final Texts texts = Texts.read();

    @Autowired
    Api api;

    @Test
    void schemasAndTheirFieldsHaveTextsAndTextsHaveFields() {
        Set<String> places = new TreeSet<>();
        api.document().at("/components/schemas").properties().forEach(schema -> {
            places.add(schema.getKey());
            addFields(schema.getKey(), schema.getValue(), places);
            schema.getValue().path("allOf").forEach(part -> addFields(schema.getKey(), part, places));
        });
        Set<String> keys = new TreeSet<>();
        texts.schemas().forEach((name, schema) -> {
            keys.add(name);
            orEmpty(schema.fields()).keySet().forEach(field -> keys.add(name + "." + field));
        });
        // Metrics have their own texts.
        keys.add("ScoreMetric");
        Metric.deciding().forEach(it -> keys.add("EvaluationRow." + it.wire()));

        assertThat(keys).containsExactlyInAnyOrderElementsOf(places);
    }

    @Test
    void operationsHaveTextsAndTextsHaveOperations() {
        assertThat(texts.operations())
                .containsOnlyKeys(operations().values().stream()
                        .map(it -> it.get("operationId").asString())
                        .toList());
    }

    @Test
    void parametersHaveTextsAndTextsHaveParameters() {
        Set<String> own = new TreeSet<>();
        Set<String> shared = new TreeSet<>();
        operations()
                .forEach((place, operation) -> operation.path("parameters").forEach(parameter -> {
                    String name = parameter.get("name").asString();
                    String id = operation.get("operationId").asString();
                    if (orEmpty(textsOf(id).parameters()).containsKey(name)) {
                        own.add(id + "." + name);
                    } else {
                        shared.add(TextCustomizer.key(
                                place.substring(place.indexOf('/')),
                                name,
                                parameter.get("in").asString()));
                    }
                }));

        assertThat(texts.parameters()).containsOnlyKeys(shared);
        assertThat(ofOperations(it -> orEmpty(it.parameters()))).containsExactlyInAnyOrderElementsOf(own);
    }

    @Test
    void textsOfResponsesHaveResponses() {
        Set<String> own = new TreeSet<>();
        Set<String> shared = new TreeSet<>();
        operations()
                .values()
                .forEach(operation -> operation.get("responses").propertyNames().forEach(status -> {
                    String id = operation.get("operationId").asString();
                    own.add(id + "." + status);
                    if (!orEmpty(textsOf(id).responses()).containsKey(status)) {
                        shared.add(status);
                    }
                }));

        assertThat(own).containsAll(ofOperations(it -> orEmpty(it.responses())));
        assertThat(shared).containsAll(texts.responses().keySet());
    }

    @Test
    void requestBodiesHaveTextsAndTextsHaveBodies() {
        Set<String> bodies = operations().values().stream()
                .filter(it -> it.has("requestBody"))
                .map(it -> it.get("operationId").asString())
                .collect(Collectors.toSet());

        assertThat(texts.operations().entrySet().stream()
                        .filter(it -> it.getValue().body() != null)
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrderElementsOf(bodies);
    }

    @Test
    void tagsAndWaysToAuthenticateHaveTexts() {
        assertThat(texts.tags())
                .containsOnlyKeys(api.document()
                        .get("tags")
                        .valueStream()
                        .map(it -> it.get("name").asString())
                        .toList());
        assertThat(texts.security())
                .containsOnlyKeys(
                        api.document().at("/components/securitySchemes").propertyNames());
    }

    /** A form's reference to a schema has no text, because some readers find the encoding of a part only there. */
    private static void addFields(String name, JsonNode schema, Set<String> places) {
        schema.path("properties").properties().stream()
                .filter(it -> !it.getValue().has("$ref"))
                .forEach(it -> places.add(name + "." + it.getKey()));
    }

    private Set<String> ofOperations(Function<Texts.Operation, Map<String, ?>> part) {
        return texts.operations().entrySet().stream()
                .flatMap(it -> part.apply(it.getValue()).keySet().stream().map(name -> it.getKey() + "." + name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Texts.Operation textsOf(String id) {
        return Objects.requireNonNull(texts.operations().get(id), id);
    }

    private Map<String, JsonNode> operations() {
        Map<String, JsonNode> operations = new TreeMap<>();
        api.document()
                .get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> operations.put(method.getKey() + " " + path.getKey(), method.getValue())));
        return operations;
    }

    private static <V> Map<String, V> orEmpty(@Nullable Map<String, V> map) {
        return map == null ? Map.of() : map;
    }
}
