package dev.likeness.app.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The few calls of the HTTP API that a job needs. */
final class ApiClient {

    private final RestClient http;

    /** @param baseUrl for instance {@code http://localhost:8080} */
    ApiClient(String baseUrl) {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        this.http = RestClient.builder()
                .baseUrl(baseUrl)
                .requestFactory(new JdkClientHttpRequestFactory(client))
                .build();
    }

    /**
     * Submits a job.
     *
     * @return the job as the service answers it
     */
    JsonNode submit(PictureSet set) throws DemoFailedException {
        MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
        form.add("class_word", set.classWord());
        set.pictures().forEach(picture -> form.add("images", picture));
        RestClient.RequestHeadersSpec<?> request = http.post()
                .uri("/v1/jobs")
                .contentType(MediaType.MULTIPART_FORM_DATA)
                .body(form);
        return json(request);
    }

    JsonNode get(String url) throws DemoFailedException {
        return json(http.get().uri(url));
    }

    /**
     * Reads server-sent events until the stream ends.
     *
     * @param lastEventId the last one seen, or 0
     * @throws org.springframework.web.client.ResourceAccessException if the connection breaks
     */
    void events(String url, long lastEventId, EventListener listener) {
        http.get()
                .uri(url)
                .accept(MediaType.TEXT_EVENT_STREAM)
                .header("Last-Event-ID", Long.toString(lastEventId))
                .exchange((request, response) -> {
                    try (BufferedReader lines =
                            new BufferedReader(new InputStreamReader(response.getBody(), StandardCharsets.UTF_8))) {
                        read(lines, listener);
                    }
                    return true;
                });
    }

    private static void read(BufferedReader lines, EventListener listener) throws IOException {
        long id = 0;
        String name = "";
        StringBuilder data = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("id:")) {
                id = Long.parseLong(line.substring(3).strip());
            } else if (line.startsWith("event:")) {
                name = line.substring(6).strip();
            } else if (line.startsWith("data:")) {
                data.append(line.substring(5));
            } else if (line.isEmpty() && !data.isEmpty()) {
                listener.on(id, name, JsonMapper.shared().readTree(data.toString()));
                data.setLength(0);
            }
        }
    }

    private static JsonNode json(RestClient.RequestHeadersSpec<?> request) throws DemoFailedException {
        Answer answer = request.exchange((sent, response) -> new Answer(
                response.getStatusCode().is2xxSuccessful(),
                JsonMapper.shared().readTree(response.getBody().readAllBytes())));
        if (answer == null || !answer.success()) {
            throw new DemoFailedException("The service refused: "
                    + (answer == null
                            ? "no answer"
                            : answer.body()
                                    .path("detail")
                                    .stringValue(answer.body().toString())));
        }
        return answer.body();
    }

    private record Answer(boolean success, JsonNode body) {}

    /** Takes events in their order. */
    @FunctionalInterface
    interface EventListener {
        void on(long id, String name, JsonNode data);
    }
}
