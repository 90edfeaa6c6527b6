package dev.likeness.app.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.likeness.app.FreePort;
import dev.likeness.app.S3Server;
import dev.likeness.app.TestHome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Faults of a machine while jobs run: an API process, two workers, a database and an object store, each its own process, are
 * killed and started again, one after the other. Takes some minutes.
 */
@Tag("chaos")
class ChaosRun {

    private static final int JOBS = 6;
    private static final Duration CUT = Duration.ofMinutes(2);

    private static final String SPEC = """
            {"training": {"steps": 60}, "prior": {"images": 4, "steps": 10}, "previews": {"every_steps": 0},
             "evaluation": {"checkpoints": 1, "prompts_per_kind": 1, "class_images": 2},
             "sampling": {"prompts": ["a photo of a {subject}"], "images_per_prompt": 2, "steps": 10}}""";

    private final Fleet fleet = new Fleet(TestHome.path(TestHome.CHAOS));
    private final Map<String, Set<String>> webhooks = new ConcurrentHashMap<>();
    private final List<TestProcess> workers = new ArrayList<>();
    private final S3Server store = S3Server.get();
    private final String bucket = store.bucket();
    private final int port = FreePort.choose();

    private HttpServer receiver;
    private TestProcess api;

    @BeforeEach
    void start() throws IOException {
        FileSystemUtils.deleteRecursively(fleet.home());
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            JsonNode body =
                    JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
            webhooks.computeIfAbsent(body.at("/data/id").asString(), it -> ConcurrentHashMap.newKeySet())
                    .add(exchange.getRequestHeaders().getFirst("webhook-id"));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        api = process("api");
        fleet.awaitApi(port);
        workers.add(process("worker"));
        workers.add(process("worker"));
    }

    @AfterEach
    void end() {
        api.close();
        workers.forEach(TestProcess::close);
        receiver.stop(0);
    }

    @Test
    void everyAcceptedJobIsDoneOnceAndNothingIsLeftBehind() throws Exception {
        Set<String> jobs = new LinkedHashSet<>();
        for (int i = 0; i < JOBS / 2; i++) {
            jobs.add(fleet.submit(port, "chaos-" + i, SPEC));
        }
        fleet.awaitTraining();
        workers.remove(0).kill();
        workers.add(process("worker"));
        fleet.awaitTraining();
        assertThat(TestPostgres.kill(fleet.home())).isTrue();
        fleet.awaitTraining();
        api.kill();
        api = process("api");
        for (int i = JOBS / 2; i < JOBS; i++) {
            jobs.add(fleet.submit(port, "chaos-" + i, SPEC));
        }
        fleet.awaitTraining();
        store.kill();
        Instant cut = Instant.now();
        await().atMost(CUT.multipliedBy(2)).until(() -> Instant.now().isAfter(cut.plus(CUT)));
        store.open();
        fleet.awaitTraining();
        workers.remove(0).close();
        TestProcess full = full();
        await().atMost(Fleet.LONG)
                .until(() -> Files.readString(full.output()).contains("The artifact store is unavailable"));
        full.kill();
        workers.add(process("worker"));

        fleet.awaitNoUnfinishedJob();
        assertDone(jobs);
        assertNothingIsLeftBehind();
    }

    private void assertDone(Set<String> jobs) throws Exception {
        assertThat(jobs).hasSize(JOBS);
        await().atMost(Duration.ofMinutes(2)).until(() -> webhooks.keySet().containsAll(jobs));
        assertThat(fleet.jobs()).containsExactlyInAnyOrderElementsOf(jobs);
        for (String job : jobs) {
            JsonNode view = JsonMapper.shared()
                    .readTree(fleet.get(port, "/v1/jobs/" + job).body());
            assertThat(view.at("/status").asString()).as(view.toString()).isEqualTo("succeeded");
            assertThat(fleet.completions(job)).as("completions of %s", job).isOne();

            assertThat(webhooks.get(job)).as("events of %s", job).hasSize(1);
            List<JsonNode> results = view.get("images")
                    .valueStream()
                    .filter(it -> it.get("role").asString().equals("result"))
                    .toList();
            assertThat(results).hasSize(2);
            for (JsonNode image : results) {
                HttpResponse<byte[]> png =
                        fleet.get(port, URI.create(image.get("url").asString()).getPath());
                assertThat(png.statusCode()).isEqualTo(200);
                assertThat(HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(png.body())))
                        .isEqualTo(image.get("sha256").asString());
            }
        }
    }

    /** A sweep deletes only files older than an hour. Ages all files, so that the sweep at the start of a process deletes them. */
    private void assertNothingIsLeftBehind() throws IOException, SQLException, InterruptedException {
        api.kill();
        fleet.ageFiles();

        FileTime earlier = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
        try (Stream<Path> objects = Files.walk(store.folder(bucket))) {
            for (Path object : objects.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(object, earlier);
            }
        }
        api = process("api");
        fleet.awaitApi(port);

        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            assertThat(fleet.unusedFiles()).isEmpty();
            assertThat(objects()).isEqualTo(new TreeSet<>(fleet.files()));
        });
        assertThat(fleet.resumableJobs()).isEmpty();
    }

    /** Names of files. */
    private Set<String> objects() {
        return store.objects(bucket).stream()
                .filter(it -> it.matches("[0-9a-f]{64}"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private TestProcess process(String role) {
        return process(role, List.of(), Map.of());
    }

    /** A worker that can write no file larger than a picture. */
    private TestProcess full() {
        return process("worker", List.of("sh", "-c", "ulimit -f 1024; exec \"$0\" \"$@\""), Map.of());
    }

    private TestProcess process(String role, List<String> wrapper, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "likeness.artifacts.store",
                "s3",
                "likeness.artifacts.s3.endpoint",
                store.endpoint().toString(),
                "likeness.artifacts.s3.bucket",
                bucket,
                "likeness.artifacts.s3.path-style",
                "true",
                "likeness.artifacts.s3.access-key",
                S3Server.ACCESS_KEY,
                "likeness.artifacts.s3.secret-key",
                S3Server.SECRET_KEY,
                "likeness.artifacts.s3.attempts",
                "1",
                "likeness.worker.threads",
                "1",
                "likeness.webhooks.allow-private",
                "true",
                "likeness.webhooks.endpoints[0].url",
                "http://127.0.0.1:%d/".formatted(receiver.getAddress().getPort())));
        if (role.equals("api")) {
            settings.put("server.port", Integer.toString(port));
        }
        settings.putAll(more);
        return TestProcess.start(fleet.home(), role, settings, wrapper);
    }
}
