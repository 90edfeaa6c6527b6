package dev.likeness.app.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.report.MessageResolver;
import com.atlassian.oai.validator.schema.SchemaValidator;
import dev.likeness.app.Api;
import dev.likeness.app.ApiTest;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/**
 * The document from the view of client generators: types have names, and each operation has one way to send and to
 * read.
 */
@ApiTest
class OpenApiSchemasTests {

    private static final Set<String> WITHOUT_SCHEMAS = Set.of("example", "examples", "default", "enum", "required");

    @Autowired
    Api api;

    @Test
    void everyCallHasOneBodyAndOneAnswer() {
        List<String> several = new ArrayList<>();

        api.document()
                .get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    JsonNode call = method.getValue();
                    Set<String> answers = new TreeSet<>();
                    call.get("responses").properties().stream()
                            .filter(it -> it.getKey().startsWith("2"))
                            .forEach(it ->
                                    answers.addAll(it.getValue().path("content").propertyNames()));
                    if (call.at("/requestBody/content").size() > 1 || answers.size() > 1) {
                        several.add(method.getKey() + " " + path.getKey());
                    }
                }));

        assertThat(several).isEmpty();
    }

    /** Generated clients store text that is not JSON as a file; as a string they would parse it as JSON. */
    @Test
    void whatIsNotJsonIsBinary() {
        List<String> texts = new ArrayList<>();

        walk((place, node) -> {
            JsonNode content = node.get("content");
            if (content != null) {
                content.properties().stream()
                        .filter(it ->
                                !it.getKey().endsWith("json") && !it.getKey().startsWith("multipart/"))
                        .filter(it ->
                                !it.getValue().at("/schema/format").asString("").equals("binary"))
                        .forEach(it -> texts.add(place + " " + it.getKey()));
            }
        });

        assertThat(texts).isEmpty();
    }

    @Test
    void nothingIsOneOfSeveralThings() {
        List<String> choices = new ArrayList<>();

        walk((place, node) -> {
            if (node.has("oneOf") || node.has("anyOf")) {
                choices.add(place);
            }
        });

        assertThat(choices).isEmpty();
    }

    @Test
    void everyEnumerationAndObjectHasAName() {
        List<String> nameless = new ArrayList<>();

        walk((place, node) -> {
            boolean named = place.matches("/components/schemas/\\w+(/allOf/\\d)?");
            if (!named
                    && (node.path("enum").isArray() || node.path("properties").isObject())) {
                nameless.add(place);
            }
        });

        assertThat(nameless).isEmpty();
        assertThat(api.document().at("/components/schemas").propertyNames())
                .contains(
                        "TaskStatus", "JobPhase", "ErrorCode", "Failure", "Sampler", "TrainingMethod", "CaptionSource");
    }

    @Test
    void everyFieldAndParameterHasAType() {
        List<String> untyped = new ArrayList<>();

        walk((place, node) -> {
            boolean schema = place.matches(".*/(properties/\\w+|items|schema)");
            if (schema && !node.has("type") && !node.has("$ref") && !node.has("allOf")) {
                untyped.add(place);
            }
        });

        assertThat(untyped).isEmpty();
    }

    /** A list's description is not repeated for its elements. */
    @Test
    void elementsAreNotDescribedAsTheirList() {
        List<String> repeated = new ArrayList<>();

        walk((place, node) -> {
            JsonNode description = node.get("description");
            if (description != null
                    && (description.equals(node.at("/items/description"))
                            || description.equals(node.at("/additionalProperties/description")))) {
                repeated.add(place);
            }
        });

        assertThat(repeated).isEmpty();
    }

    /** Only some readers interpret null across a reference. */
    @Test
    void onlyWhatHasATypeMayBeNull() {
        List<String> wrong = new ArrayList<>();

        walk((place, node) -> {
            if (node.path("nullable").asBoolean(false) && !node.path("type").isString()) {
                wrong.add(place);
            }
        });

        assertThat(wrong).isEmpty();
    }

    /** A rule such as "must not be blank" does not imply that a field is required. */
    @Test
    void requiresWhatACallerHasToSend() {
        Map<String, Object> required = new TreeMap<>();

        api.document().at("/components/schemas").properties().stream()
                .filter(it -> it.getValue().has("required"))
                .forEach(it -> required.put(
                        it.getKey(),
                        it.getValue()
                                .get("required")
                                .valueStream()
                                .map(JsonNode::asString)
                                .sorted()
                                .toList()));

        assertThat(required)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "AdapterForm", List.of("file"),
                        "ContinueRequest", List.of("steps"),
                        "EvaluationSpec", List.of("job_ids"),
                        "SubjectForm", List.of("class_word")));
    }

    @Test
    void examplesFitTheirSchemas() {
        OpenAPI document =
                new OpenAPIV3Parser().readContents(api.document().toString()).getOpenAPI();
        SchemaValidator validator = new SchemaValidator(document, new MessageResolver());
        List<String> wrong = new ArrayList<>();
        int[] examples = {0};

        walk((place, node) -> {
            JsonNode example = node.get("example");
            if (example == null) {
                return;
            }
            examples[0]++;
            JsonNode schema = node.path("schema").isObject() ? node.get("schema") : node;
            Schema<?> parsed = Json.mapper().convertValue(swaggerTree(schema), Schema.class);
            validator
                    .validate(() -> swaggerTree(example), parsed, "example")
                    .getMessages()
                    .forEach(it -> wrong.add("%s: %s %s".formatted(place, example, it.getMessage())));
        });

        assertThat(wrong).isEmpty();
        assertThat(examples[0]).isGreaterThan(300);
    }

    private static com.fasterxml.jackson.databind.JsonNode swaggerTree(JsonNode node) {
        try {
            return Json.mapper().readTree(node.toString());
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void walk(BiConsumer<String, JsonNode> visit) {
        walk("", api.document(), visit);
    }

    private static void walk(String place, JsonNode node, BiConsumer<String, JsonNode> visit) {
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                walk(place + "/" + i, node.get(i), visit);
            }
            return;
        }
        visit.accept(place, node);
        node.properties().stream()
                .filter(it -> place.endsWith("/properties") || !WITHOUT_SCHEMAS.contains(it.getKey()))
                .forEach(it -> walk(place + "/" + it.getKey(), it.getValue(), visit));
    }
}
