package dev.likeness.app.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.Api;
import dev.likeness.app.LikenessApplication;
import dev.likeness.app.TestHome;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An API process and its worker, with libtorch as it is and a kernel that loses a gradient in fp32. The kernel alone cannot be
 * differentiated at all, which counts as a failed comparison; the blocks that use it differ.
 */
@Tag("acceptance")
class BrokenKernelTests {

    private static final String KERNELS = "dev/likeness/diffusion/graph/kernels.py";

    private static final String SOUND = "  return torch.silu(__torch__.group_norm(x, w, p, groups, eps))\n";

    private static final String BROKEN = """
              y = torch.silu(__torch__.group_norm(x, w, p, groups, eps))
              if torch.eq(ops.prim.dtype(y), 6):
                r = torch.detach(y)
              else:
                r = y
              return r
            """;

    private static final Path HOME = TestHome.path(TestHome.BROKEN_KERNEL);

    @TempDir
    Path classes;

    @Test
    void theWorkerTakesNoTaskAndReportsWhy() throws Exception {
        try (TestProcess service = TestProcess.start(
                HOME,
                "all",
                Map.of("likeness.metrics.every", "500ms", "likeness.worker.management-port", "0"),
                List.of(),
                TestProcess.thisBuild(broken(), LikenessApplication.class))) {
            URI api = URI.create("http://localhost:"
                    + await().atMost(Duration.ofMinutes(2))
                            .until(() -> port(service.output(), "Tomcat started on port (\\d+)"), it -> it > 0));
            String job = submit(api).at("/urls/get").asString();

            await().atMost(Duration.ofMinutes(2))
                    .until(
                            () -> json(api.resolve("/actuator/health/workers"))
                                    .at("/status")
                                    .asString(),
                            "DEGRADED"::equals);

            assertThat(json(api.resolve("/actuator/health/workers"))
                            .at("/description")
                            .asString())
                    .startsWith("1 of 1 workers take no tasks, because their engines did not pass the self-check:"
                            + " resnet_end in fp32: ");
            assertThat(get(api.resolve("/actuator/health")).statusCode()).isEqualTo(200);
            assertThat(json(api.resolve("/actuator/health")).at("/status").asString())
                    .isEqualTo("UP");
            assertThat(get(api.resolve("/actuator/health/readiness")).statusCode())
                    .isEqualTo(200);
            assertThat(get(api.resolve("/actuator/prometheus")).body())
                    .contains("likeness_workers_refusing 1.0", "likeness_workers 0.0");
            URI worker = URI.create("http://localhost:"
                    + port(HOME.resolve("logs/worker.log"), "Metrics and health are at \\S+ port (\\d+)"));
            assertThat(get(worker.resolve("/actuator/health")).statusCode()).isEqualTo(503);
            assertThat(get(worker.resolve("/actuator/health/readiness")).statusCode())
                    .isEqualTo(503);
            assertThat(get(worker.resolve("/actuator/health/liveness")).statusCode())
                    .isEqualTo(200);
            assertThat(get(worker.resolve("/actuator/prometheus")).body())
                    .contains("likeness_worker_engine_check{outcome=\"failed\"} 1.0");
            assertThat(Files.readAllLines(service.output()).stream().filter(line -> line.contains(" ERROR ")))
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains(
                            "This worker takes no tasks, because its engine failed the self-check even with ONEDNN_MAX_CPU_ISA=AVX:"
                                    + " resnet_end in fp32: ");
            await().during(Duration.ofSeconds(2))
                    .until(() -> json(URI.create(job)).at("/status").asString(), "queued"::equals);
            service.terminate();
        }
    }

    /** A folder with the kernels, one of them broken. */
    private Path broken() throws IOException {
        try (InputStream in = getClass().getClassLoader().getResourceAsStream(KERNELS)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text).containsOnlyOnce(SOUND);
            Files.createDirectories(classes.resolve(KERNELS).getParent());
            Files.writeString(classes.resolve(KERNELS), text.replace(SOUND, BROKEN));
        }
        return classes;
    }

    /** The size of what a process has printed; 0 before its first output. */
    private static int port(Path output, String pattern) throws IOException {
        Matcher found = Pattern.compile(pattern).matcher(Files.readString(output));
        int port = 0;
        while (found.find()) {
            port = Integer.parseInt(found.group(1));
        }
        return port;
    }

    private static JsonNode submit(URI api) {
        String job = RestClient.create()
                .post()
                .uri(api.resolve("/v1/jobs"))
                .contentType(MediaType.MULTIPART_FORM_DATA)
                .body(Api.owl())
                .retrieve()
                .body(String.class);
        return JsonMapper.shared().readTree(job);
    }

    private static JsonNode json(URI uri) throws IOException, InterruptedException {
        return JsonMapper.shared().readTree(get(uri).body());
    }

    private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
