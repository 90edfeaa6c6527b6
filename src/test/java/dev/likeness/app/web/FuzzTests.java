package dev.likeness.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.ApiTest;
import dev.likeness.app.TestWorker;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls all operations of the OpenAPI document with valid and invalid input, derived from its schemas. No answer may be
 * a server error, and every status must be in the document.
 */
@ApiTest
class FuzzTests {

    private static final int SEED = Integer.getInteger("fuzz.seed", 20_260_131);
    private static final int ROUNDS_OF_BODIES = Integer.getInteger("fuzz.rounds", 60);
    private static final int ROUNDS_WITHOUT = 15;

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "null",
            "-1",
            "\u0000",
            "a\u0000b",
            "\u202e\ud83e\udd89",
            "\ud800",
            "' or 1=1 --",
            "../../etc/passwd",
            "${jndi:ldap://x}",
            "{subject}",
            "((((",
            "a".repeat(5_000),
            "<script>alert(1)</script>",
            "00000000-0000-0000-0000-000000000000",
            "99999999999999999999999");

    private static final List<String> JSON = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1e400",
            "9223372036854775808",
            "0.5",
            "\"\"",
            "\"\\u0000\"",
            "\"a\\ud800b\"",
            "[]",
            "[null]",
            "[[[]]]",
            "{}",
            "{\"a\": null}",
            "[1, \"a\", {}]",
            "\"" + "x".repeat(3_000) + "\"");

    private static final List<String> NO_JSON = List.of(
            "", "{", "nul", "[1,", "{\"a\":1,}", "\u0000", "{\"a\":\"\u0001\"}", "[".repeat(2_000), "\ufeff{}", "{}{}");

    private static final Map<String, List<String>> HEADERS = Map.of(
            "Accept", List.of("*/*", "text/plain", "application/xml;q=0.1", "nonsense", ";;"),
            "Idempotency-Key", List.of("x".repeat(256), "k", "two words"),
            "If-None-Match", List.of("*", "W/\"a\"", "\"", "x"),
            "Last-Event-ID", List.of("0", "-1", "x", "99999999999999999999"),
            "Prefer", List.of("wait=0", "wait=-5", "wait=x", "return=minimal"),
            "Range", List.of("bytes=0-1", "bytes=-1", "bytes=9-1", "bytes=x", "bytes=0-0,2-3,5-5", "lines=1-2"));

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final Random random = new Random(SEED);

    @Autowired
    Api api;

    @Autowired
    TestWorker worker;

    @Autowired
    JsonMapper json;

    private JsonNode document;
    private Map<String, String> ids;

    @BeforeEach
    void things() {
        document = api.document();
        UUID job = worker.submit();
        worker.work(job);
        ids = new LinkedHashMap<>();
        ids.put("/v1/jobs", job.toString());
        ids.put("/v1/images", api.get("/v1/jobs/" + job).at("/images/0/id"));
        ids.put("/v1/artifacts", api.get("/v1/jobs/%s/artifacts".formatted(job)).at("/results/0/id"));
        ids.put(
                "/v1/generations",
                api.post("/v1/jobs/%s/generations".formatted(job), "{}").at("/id"));
        ids.put(
                "/v1/evaluations",
                api.post("/v1/evaluations", "{\"job_ids\": [\"%s\"]}".formatted(job))
                        .at("/id"));
        ids.put("/v1/subjects", job.toString());
    }

    @Test
    void nothingIsAFailureAndEveryStatusIsDocumented() throws IOException, InterruptedException {
        Set<String> faults = new TreeSet<>();
        int calls = 0;
        for (var path : document.get("paths").properties()) {
            for (var method : path.getValue().properties()) {
                Operation operation =
                        new Operation(path.getKey(), method.getKey().toUpperCase(Locale.ROOT), method.getValue());
                int rounds = operation.definition().has("requestBody") ? ROUNDS_OF_BODIES : ROUNDS_WITHOUT;
                for (int i = 0; i < rounds; i++, calls++) {
                    call(operation).ifPresent(faults::add);
                }
            }
        }

        assertThat(faults).isEmpty();
        assertThat(calls).isGreaterThan(1_000);
    }

    private Optional<String> call(Operation operation) throws IOException, InterruptedException {
        String uri = uri(operation);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(api.root() + uri)).timeout(Duration.ofSeconds(30));
        String body = body(operation, request);
        request.method(operation.method(), BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        if (random.nextInt(3) == 0) {
            Map.Entry<String, List<String>> header = pick(List.copyOf(new TreeMap<>(HEADERS).entrySet()));
            request.header(header.getKey(), pick(header.getValue()));
        }
        HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
        String answer;
        try (var in = response.body()) {
            // The events of an unfinished job never end.
            answer = new String(in.readNBytes(400), StandardCharsets.UTF_8);
        }
        int status = response.statusCode();
        boolean documented = operation.definition().at("/responses/" + status).isObject();
        // An invalid id may form another path, or a path that servers refuse.
        boolean elsewhere = uri.contains("%") && (status == 400 || status == 404 || status == 405);
        return status < 500 && (documented || elsewhere)
                ? Optional.empty()
                : Optional.of("%s %s %s -> %d %s"
                        .formatted(operation.method(), shorten(uri), shorten(body), status, shorten(answer)));
    }

    private String uri(Operation operation) {
        StringBuilder path = new StringBuilder();
        for (String segment : operation.path().substring(1).split("/")) {
            path.append('/').append(segment.startsWith("{") ? variable(operation, segment) : segment);
        }
        List<String> query = new ArrayList<>();
        for (JsonNode parameter : operation.definition().path("parameters")) {
            if (parameter.get("in").asString().equals("query") && random.nextBoolean()) {
                String value =
                        random.nextInt(3) == 0 ? parameter.path("example").asString("") : pick(TEXTS);
                query.add(parameter.get("name").asString() + "=" + encode(value));
            }
        }
        return path + (query.isEmpty() ? "" : "?" + String.join("&", query));
    }

    /** Often an existing id, so that the call gets past it. */
    private String variable(Operation operation, String segment) {
        if (segment.equals("{owner}")) {
            return "likeness";
        }
        String there = segment.equals("{step}")
                ? "400"
                : ids.entrySet().stream()
                        .filter(it -> operation.path().startsWith(it.getKey() + "/{"))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElseGet(() -> UUID.randomUUID().toString());
        return switch (random.nextInt(4)) {
            case 0 -> UUID.randomUUID().toString();
            case 1 -> {
                String text = encode(pick(TEXTS));
                yield text.isEmpty() || text.length() > 1_000 ? "%20" : text;
            }
            default -> operation.method().equals("DELETE") ? UUID.randomUUID().toString() : there;
        };
    }

    private String body(Operation operation, HttpRequest.Builder request) {
        JsonNode content = operation.definition().at("/requestBody/content");
        if (content.isMissingNode()) {
            return "";
        }
        List<String> types = List.copyOf(content.propertyNames());
        String type = pick(types);
        int kind = random.nextInt(12);
        request.header(
                "Content-Type",
                kind == 0 ? pick(List.of("text/plain", "application/json;charset=x", "a")) : type(type));
        if (type.startsWith("multipart")) {
            return form(content.get(type).get("schema"));
        }
        if (kind == 1) {
            return pick(NO_JSON);
        }
        JsonNode example = example(content.get(type).get("schema"), 0);
        for (int mutations = random.nextInt(3); mutations > 0; mutations--) {
            mutate(example);
        }
        return kind == 2 ? pick(JSON) : withIds(example.toString());
    }

    private static String type(String type) {
        return type.startsWith("multipart") ? type + ";boundary=fuzz" : type;
    }

    private String withIds(String body) {
        String job = ids.get("/v1/jobs");
        return random.nextBoolean() ? body.replaceAll("\"0199f3[0-9a-f-]{30}\"", "\"" + job + "\"") : body;
    }

    /** A form with existing fields, with text also for files. */
    private String form(JsonNode reference) {
        StringBuilder form = new StringBuilder();
        for (var field : resolve(reference).path("properties").properties()) {
            if (random.nextInt(4) != 0) {
                String value = random.nextBoolean()
                        ? pick(TEXTS)
                        : example(field.getValue(), 0).toString();
                form.append("--fuzz\r\nContent-Disposition: form-data; name=\"")
                        .append(field.getKey())
                        .append('"');
                form.append(random.nextInt(3) == 0 ? "; filename=\"a.png\"" : "");
                form.append(random.nextInt(3) == 0 ? "\r\nContent-Type: application/json" : "");
                form.append("\r\n\r\n").append(value).append("\r\n");
            }
        }
        return form + (random.nextInt(6) == 0 ? "" : "--fuzz--\r\n");
    }

    /** A valid value for a schema, with some fields left out. */
    private JsonNode example(JsonNode schema, int depth) {
        JsonNode resolved = resolve(schema);
        JsonNode shown = resolved.hasNonNull("example") ? resolved.get("example") : schema.path("example");
        if (resolved.has("properties") && depth < 6) {
            ObjectNode object = json.createObjectNode();
            resolved.get("properties").properties().forEach(field -> {
                if (random.nextInt(3) != 0) {
                    object.set(field.getKey(), example(field.getValue(), depth + 1));
                }
            });
            return object;
        }
        if (resolved.has("items")) {
            return shown.isArray()
                    ? shown.deepCopy()
                    : json.createArrayNode().add(example(resolved.get("items"), depth + 1));
        }
        if (resolved.has("oneOf")) {
            return example(resolved.at("/oneOf/0"), depth + 1);
        }
        return shown.isMissingNode() ? json.readTree("\"a\"") : shown.deepCopy();
    }

    private JsonNode resolve(JsonNode schema) {
        JsonNode reference = schema.has("$ref") ? schema.get("$ref") : schema.at("/allOf/0/$ref");
        return reference.isString() ? document.at(reference.asString().substring(1)) : schema;
    }

    /** Replaces one value at any depth by an invalid one. */
    private void mutate(JsonNode node) {
        if (node instanceof ObjectNode object && !object.isEmpty()) {
            String field = pick(List.copyOf(object.propertyNames()));
            if (object.get(field).isContainer() && random.nextInt(4) != 0) {
                mutate(object.get(field));
            } else if (random.nextInt(8) == 0) {
                object.put(pick(List.of("unknown", "", "__proto__", "a.b")), 1);
            } else {
                object.set(field, odd());
            }
        } else if (node instanceof ArrayNode array && !array.isEmpty()) {
            array.set(random.nextInt(array.size()), odd());
        }
    }

    private JsonNode odd() {
        return json.readTree(random.nextBoolean() ? pick(JSON) : json.writeValueAsString(pick(TEXTS)));
    }

    private <T> T pick(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String shorten(String text) {
        return text.length() <= 300 ? text : text.substring(0, 300) + "…";
    }

    private record Operation(String path, String method, JsonNode definition) {}
}
