package dev.likeness.app.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.Api;
import dev.likeness.app.FreePort;
import dev.likeness.app.TestHome;
import dev.likeness.app.hub.TestHub;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.http.MediaType;
import org.springframework.util.FileSystemUtils;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import tools.jackson.databind.JsonNode;

/** A service as an operator would start it, whose base model is a repository of a hub. */
@Tag("acceptance")
class HubJobTests {

    private static final String MODEL = "acme/stable-diffusion-tiny";
    private static final String COMMIT = TestHub.commit(7);
    private static final Path BUNDLED = Path.of("src/main/resources/models/likeness/tiny-world");
    private static final Path HOME = TestHome.path(TestHome.HUB);
    private static final String SPEC = """
            {"model": "%s", "training": {"steps": 10}, "prior": {"enabled": false}}
            """.formatted(MODEL);

    @Test
    @Timeout(600)
    void downloadsTheModelOfAJobAndTrainsIt() throws IOException {
        // The base model is not downloaded yet.
        FileSystemUtils.deleteRecursively(HOME.resolve("models"));
        int port = FreePort.choose();
        try (TestHub hub = new TestHub()) {
            hub.publish(MODEL, "main", COMMIT, TestHub.filesOf(BUNDLED, ""));
            Map<String, String> settings = Map.of(
                    "server.port",
                    Integer.toString(port),
                    "likeness.hub.endpoint",
                    hub.endpoint().toString(),
                    "likeness.hub.offline",
                    "false",
                    "likeness.models[%s].hub".formatted(MODEL),
                    MODEL);
            try (TestProcess service = TestProcess.start(HOME, "all", settings)) {
                RestClient client = RestClient.create("http://127.0.0.1:" + port);
                await().atMost(Duration.ofMinutes(3)).until(() -> answers(client));

                String job = submit(client);
                JsonNode end = await().atMost(Duration.ofMinutes(5))
                        .until(() -> job(client, job), it -> it.hasNonNull("completed_at"));

                assertThat(end.get("status").asString())
                        .as(end.toPrettyString())
                        .isEqualTo("succeeded");
                assertThat(end.get("images")).isNotEmpty();
                // The stream of a final job ends.
                assertThat(client.get()
                                .uri("/v1/jobs/%s/events".formatted(job))
                                .retrieve()
                                .body(String.class))
                        .contains("downloading " + MODEL, "downloaded %s at commit %s".formatted(MODEL, COMMIT));
                assertThat(service.isAlive()).isTrue();
            }
        }
    }

    private static boolean answers(RestClient client) {
        try {
            return client.get()
                    .uri("/v1/models")
                    .retrieve()
                    .toBodilessEntity()
                    .getStatusCode()
                    .is2xxSuccessful();
        } catch (RestClientException e) {
            return false;
        }
    }

    private static String submit(RestClient client) {
        MultiValueMap<String, Object> form = Api.owl(SPEC);
        return read(client.post()
                        .uri("/v1/jobs")
                        .contentType(MediaType.MULTIPART_FORM_DATA)
                        .body(form))
                .get("id")
                .asString();
    }

    private static JsonNode job(RestClient client, String id) {
        return read(client.get().uri("/v1/jobs/" + id));
    }

    private static JsonNode read(RestClient.RequestHeadersSpec<?> request) {
        return Objects.requireNonNull(request.retrieve().body(JsonNode.class));
    }
}
