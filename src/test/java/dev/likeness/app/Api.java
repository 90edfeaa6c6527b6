package dev.likeness.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the API that compares every answer with the OpenAPI document. */
public class Api {

    /** Does not follow redirects. */
    private static final RestClient CLIENT = RestClient.builder()
            .requestFactory(new JdkClientHttpRequestFactory())
            .build();

    private final ApplicationContext context;
    private final JsonMapper json;
    private final Consumer<HttpHeaders> caller;
    private @Nullable OpenApiInteractionValidator contract;

    @Autowired
    Api(ApplicationContext context, JsonMapper json) {
        this(context, json, it -> {});
    }

    private Api(ApplicationContext context, JsonMapper json, Consumer<HttpHeaders> caller) {
        this.context = context;
        this.json = json;
        this.caller = caller;
    }

    /** The same API with a key or a token. */
    public Api as(String bearer) {
        return new Api(context, json, it -> it.setBearerAuth(bearer));
    }

    /** Three pictures of an owl, with the class word. */
    public static MultiValueMap<String, Object> owl() {
        MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
        for (int i = 1; i <= 3; i++) {
            form.add("images", new ClassPathResource("subjects/owl/%d.png".formatted(i)));
        }
        form.add("class_word", "bird");
        return form;
    }

    /** {@link #owl} with a spec. */
    public static MultiValueMap<String, Object> owl(String spec) {
        MultiValueMap<String, Object> form = owl();
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_JSON);
        form.add("spec", new HttpEntity<>(spec, headers));
        return form;
    }

    public Answer submit(MultiValueMap<String, Object> form) {
        return send(HttpMethod.POST, "/v1/jobs", it -> {}, form, MediaType.MULTIPART_FORM_DATA);
    }

    /** Uploads an adapter; fields come in pairs of name and value. */
    public Answer upload(String fileName, byte[] content, String... fields) {
        MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
        form.add("file", new ByteArrayResource(content) {
            @Override
            public String getFilename() {
                return fileName;
            }
        });
        for (int i = 0; i < fields.length; i += 2) {
            form.add(fields[i], fields[i + 1]);
        }
        return send(HttpMethod.POST, "/v1/adapters", it -> {}, form, MediaType.MULTIPART_FORM_DATA);
    }

    public Answer get(String uri) {
        return get(uri, it -> {});
    }

    public Answer get(String uri, Consumer<HttpHeaders> headers) {
        return send(HttpMethod.GET, uri, headers, null, null);
    }

    public Answer post(String uri) {
        return send(HttpMethod.POST, uri, it -> {}, null, null);
    }

    public Answer post(String uri, String body) {
        return send(HttpMethod.POST, uri, it -> {}, body, MediaType.APPLICATION_JSON);
    }

    public Answer delete(String uri) {
        return send(HttpMethod.DELETE, uri, it -> {}, null, null);
    }

    /** Any request; the body is null for none. */
    public Answer send(
            HttpMethod method,
            String uri,
            Consumer<HttpHeaders> headers,
            @Nullable Object body,
            @Nullable MediaType type) {
        RestClient.RequestBodySpec request = CLIENT.method(method)
                .uri(uri.startsWith("http") ? URI.create(uri) : URI.create(root() + uri))
                .headers(caller.andThen(headers));
        if (body != null && type != null) {
            request.contentType(type).body(body);
        }
        Answer answer = request.exchange((sent, response) -> answer(response));
        check(method, URI.create(uri).getPath(), answer);
        return answer;
    }

    public String root() {
        return "http://localhost:" + context.getEnvironment().getProperty("local.server.port");
    }

    /** The OpenAPI document. */
    public JsonNode document() {
        return json.readTree(read("/v3/api-docs"));
    }

    private String read(String path) {
        return String.valueOf(CLIENT.get().uri(root() + path).retrieve().body(String.class));
    }

    private Answer answer(ClientHttpResponse response) throws IOException {
        return new Answer(
                response.getStatusCode().value(),
                response.getHeaders(),
                response.getBody().readAllBytes(),
                json);
    }

    private void check(HttpMethod method, String path, Answer answer) {
        MediaType type = answer.headers().getContentType();
        if (method == HttpMethod.HEAD
                || answer.status() == 405
                || type == null
                || !type.getSubtype().endsWith("json")) {
            return;
        }
        if (contract == null) {
            contract = OpenApiInteractionValidator.createForInlineApiSpecification(read("/v3/api-docs"))
                    .build();
        }
        SimpleResponse response = SimpleResponse.Builder.status(answer.status())
                .withContentType(type.toString())
                .withBody(answer.text())
                .build();
        assertThat(contract.validateResponse(path, Request.Method.valueOf(method.name()), response)
                        .getMessages())
                .as("answer to %s %s against the document", method, path)
                .filteredOn(it -> answer.status() != 404 || !it.getKey().equals("validation.request.path.missing"))
                .isEmpty();
    }

    /** An answer. */
    public record Answer(int status, HttpHeaders headers, byte[] bytes, JsonMapper json) {

        public String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        public JsonNode body() {
            return json.readTree(bytes);
        }

        /** The text of a field, by its path such as {@code /urls/get}. */
        public String at(String pointer) {
            return body().at(pointer).asString();
        }

        /** A field of every result of a list. */
        public List<String> results(String field) {
            return body().get("results")
                    .valueStream()
                    .map(it -> it.get(field).asString())
                    .toList();
        }
    }
}
