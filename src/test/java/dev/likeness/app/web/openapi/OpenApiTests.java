package dev.likeness.app.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.ApiTest;
import dev.likeness.app.TestWorker;
import dev.likeness.app.web.Endpoint;
import dev.likeness.diffusion.schedule.Sampler;
import dev.likeness.diffusion.wire.Wire;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.JsonNode;

@ApiTest
class OpenApiTests {

    @Autowired
    Api api;

    @Autowired
    TestWorker worker;

    @Autowired
    RequestMappingHandlerMapping requestMappingHandlerMapping;

    @Test
    void describesEveryFieldWithAnExample() {
        List<String> bare = new ArrayList<>();
        Map<String, JsonNode> schemas = Map.copyOf(toMap(api.document().at("/components/schemas")));

        schemas.forEach((name, schema) -> collectBare(name, schema, bare));

        assertThat(schemas).containsKeys("Job", "JobForm", "JobSpec", "Problem", "Image", "Score");
        assertThat(bare).isEmpty();
    }

    @Test
    void describesEveryParameterWithAnExample() {
        List<String> bare = new ArrayList<>();

        operations()
                .forEach((name, operation) -> operation.path("parameters").forEach(parameter -> {
                    if (!parameter.hasNonNull("description") || !parameter.hasNonNull("example")) {
                        bare.add(name + " " + parameter.get("name").asString());
                    }
                }));

        assertThat(bare).isEmpty();
    }

    /** Swagger UI fills them in. */
    @Test
    void givesExamplesOfListsThatCanBeTried() {
        Map<String, Integer> answers = new TreeMap<>();

        operations().forEach((name, operation) -> {
            if (name.startsWith("GET ") && !name.contains("{")) {
                UriComponentsBuilder uri = UriComponentsBuilder.fromPath(name.substring("GET ".length()));
                operation
                        .path("parameters")
                        .forEach(parameter -> uri.queryParam(
                                parameter.get("name").asString(),
                                parameter.get("example").isArray()
                                        ? parameter.at("/example/0").asString()
                                        : parameter.get("example").asString()));
                answers.put(name, api.get(uri.toUriString()).status());
            }
        });

        assertThat(answers)
                .containsOnlyKeys(
                        "GET /v1/adapters",
                        "GET /v1/api-keys",
                        "GET /v1/class-sets",
                        "GET /v1/evaluations",
                        "GET /v1/jobs",
                        "GET /v1/models",
                        "GET /v1/presets",
                        "GET /v1/prompt-lists",
                        "GET /v1/subjects",
                        "GET /v1/webhooks",
                        "GET /v1/webhooks/secret",
                        "GET /v1/workers")
                .allSatisfy((name, status) -> assertThat(status).isEqualTo(200));
    }

    @Test
    void describesEveryCallAndItsProblems() {
        assertThat(operations().keySet())
                .containsExactlyElementsOf(Endpoint.of(requestMappingHandlerMapping).stream()
                        .map(Endpoint::toString)
                        .toList());
        assertThat(operations()).allSatisfy((name, operation) -> {
            assertThat(operation.hasNonNull("summary")).isTrue();
            assertThat(operation.hasNonNull("description")).isTrue();
            assertThat(operation
                            .at("/responses/500/content/application~1problem+json/schema/$ref")
                            .asString())
                    .isEqualTo("#/components/schemas/Problem");
        });
    }

    @Test
    void letsSwaggerUiUploadSeveralPictures() {
        JsonNode images = api.document().at("/components/schemas/JobForm/properties/images");

        assertThat(images.get("type").asString()).isEqualTo("array");
        assertThat(images.at("/items/type").asString()).isEqualTo("string");
        assertThat(images.at("/items/format").asString()).isEqualTo("binary");
    }

    @Test
    void showsThatAJobTakesPicturesOrASubject() {
        JsonNode form = api.document().at("/paths/~1v1~1jobs/post/requestBody/content/multipart~1form-data");

        assertThat(form.at("/schema/$ref").asString()).endsWith("/JobForm");
        assertThat(form.at("/encoding/spec/contentType").asString()).isEqualTo("application/json");
        assertThat(api.document()
                        .at("/components/schemas/JobForm/properties/spec/$ref")
                        .asString())
                .endsWith("/JobSpec");
        assertThat(api.document().at("/components/schemas/JobForm/properties").propertyNames())
                .contains("images", "subject_id");
        assertThat(api.document()
                        .at("/paths/~1v1~1subjects~1{id}~1jobs/post/requestBody/content/application~1json/schema/$ref")
                        .asString())
                .endsWith("/JobRequest");
    }

    @Test
    void listsTheSamplers() {
        for (String field : List.of(
                "Prior/properties/sampler",
                "Sampling/properties/sampler",
                "EvaluationSpec/properties/samplers/items")) {
            JsonNode property = api.document().at("/components/schemas/" + field);
            JsonNode names = api.document().at("/components/schemas/Sampler/enum");

            assertThat(property.findValuesAsString("$ref")).containsExactly("#/components/schemas/Sampler");
            assertThat(names.valueStream().map(JsonNode::asString))
                    .containsExactlyElementsOf(Wire.names(Sampler.class));
        }
    }

    /** Swagger UI fills in what is sent with them. */
    @Test
    void examplesOfRequestsAreAccepted() {
        JsonNode schemas = api.document().at("/components/schemas");
        String job = worker.finishedJob(api);
        String subject = api.get("/v1/jobs/" + job).at("/subject_id");

        assertThat(api.post("/v1/plans", schemas.at("/PlanRequest/example").toString())
                        .status())
                .isEqualTo(200);
        assertThat(api.post(
                                "/v1/subjects/%s/jobs".formatted(subject),
                                schemas.at("/JobRequest/example").toString())
                        .status())
                .isEqualTo(202);
        assertThat(api.post(
                                "/v1/jobs/%s/copy".formatted(job),
                                schemas.at("/CopyRequest/example").toString())
                        .status())
                .isEqualTo(202);
        assertThat(api.submit(Api.owl(schemas.at("/JobSpec/example").toString()))
                        .status())
                .isEqualTo(202);
    }

    @Test
    void servesSwaggerUi() {
        URI ui = Objects.requireNonNull(api.get("/swagger-ui.html").headers().getLocation());

        assertThat(api.get(ui.toString()).text()).contains("swagger-ui");
    }

    /** A reference describes itself, and its schema has its own examples. */
    private static void collectBare(String name, JsonNode schema, List<String> bare) {
        toMap(schema.path("properties")).forEach((field, property) -> {
            String path = name + "." + field;
            boolean inner = property.has("properties")
                    || property.has("allOf")
                    || property.at("/items/$ref").isString();
            boolean example = property.at("/items/format").asString("").equals("binary")
                    || property.hasNonNull("example")
                    || property.at("/items/example").isString();
            boolean refers = property.has("$ref");
            if (!refers && (!property.hasNonNull("description") || (!inner && !example))) {
                bare.add(path);
            }
            collectBare(path, property, bare);
        });
    }

    private Map<String, JsonNode> operations() {
        Map<String, JsonNode> operations = new TreeMap<>();
        toMap(api.document().get("paths"))
                .forEach((path, methods) -> toMap(methods)
                        .forEach((method, operation) ->
                                operations.put(method.toUpperCase(Locale.ROOT) + " " + path, operation)));
        return operations;
    }

    private static Map<String, JsonNode> toMap(JsonNode object) {
        Map<String, JsonNode> map = new TreeMap<>();
        object.properties().forEach(it -> map.put(it.getKey(), it.getValue()));
        return map;
    }
}
