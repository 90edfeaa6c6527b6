package dev.likeness.app.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.likeness.app.S3Server;
import dev.likeness.app.TestHome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
 * Everything that a machine can do to a service, one after the other while jobs run: an API process, two workers, a database
 * and an object store, each a process of its own, are killed and started again. Some minutes.
 */
@Tag("chaos")
class ChaosRun {

    private static final int JOBS = 6;
    private static final Duration LONG = Duration.ofMinutes(15);
    private static final Duration CUT = Duration.ofMinutes(2);

    private static final String SPEC = """
            {"training": {"steps": 60}, "prior": {"images": 4, "steps": 10}, "previews": {"every_steps": 0},
             "evaluation": {"checkpoints": 1, "prompts_per_kind": 1, "class_images": 2},
             "sampling": {"prompts": ["a photo of a {subject}"], "images_per_prompt": 2, "steps": 10}}""";

    private static final String BOUNDARY = "----chaos";

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final Path home = TestHome.path(TestHome.CHAOS).toAbsolutePath();
    private final Map<String, Set<String>> webhooks = new ConcurrentHashMap<>();
    private final List<TestProcess> workers = new ArrayList<>();
    private final S3Server store = S3Server.get();
    private final String bucket = store.bucket();
    private final int port = freePort();

    private HttpServer receiver;
    private TestProcess api;

    @BeforeEach
    void start() throws IOException {
        FileSystemUtils.deleteRecursively(home);
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
        await().atMost(LONG).ignoreExceptions().until(() -> get("/v1/jobs").statusCode() == 200);
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
            jobs.add(submit("chaos-" + i));
        }
        awaitTraining();
        workers.remove(0).kill();
        workers.add(process("worker"));
        awaitTraining();
        assertThat(TestPostgres.kill(home)).isTrue();
        awaitTraining();
        api.kill();
        api = process("api");
        for (int i = JOBS / 2; i < JOBS; i++) {
            jobs.add(submit("chaos-" + i));
        }
        awaitTraining();
        store.kill();
        Instant cut = Instant.now();
        await().atMost(CUT.multipliedBy(2)).until(() -> Instant.now().isAfter(cut.plus(CUT)));
        store.open();
        awaitTraining();
        workers.remove(0).close();
        TestProcess full = full();
        await().atMost(LONG).until(() -> Files.readString(full.output()).contains("The store of files is away"));
        full.kill();
        workers.add(process("worker"));

        await().atMost(LONG).ignoreExceptions().until(() -> unfinished() == 0);
        assertDone(jobs);
        assertNothingIsLeftBehind();
    }

    private void assertDone(Set<String> jobs) throws Exception {
        assertThat(jobs).hasSize(JOBS);
        await().atMost(Duration.ofMinutes(2)).until(() -> webhooks.keySet().containsAll(jobs));
        assertThat(strings("select id::text from job")).containsExactlyInAnyOrderElementsOf(jobs);
        for (String job : jobs) {
            JsonNode view = JsonMapper.shared().readTree(get("/v1/jobs/" + job).body());
            assertThat(view.at("/status").asString()).as(view.toString()).isEqualTo("succeeded");
            assertThat(strings("select seq::text from job_event where type = 'completed' and job_id = '%s'"
                            .formatted(job)))
                    .as("completions of %s", job)
                    .hasSize(1);
            assertThat(webhooks.get(job)).as("events of %s", job).hasSize(1);
            List<JsonNode> results = view.get("images")
                    .valueStream()
                    .filter(it -> it.get("role").asString().equals("result"))
                    .toList();
            assertThat(results).hasSize(2);
            for (JsonNode image : results) {
                HttpResponse<byte[]> png =
                        get(URI.create(image.get("url").asString()).getPath());
                assertThat(png.statusCode()).isEqualTo(200);
                assertThat(HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(png.body())))
                        .isEqualTo(image.get("sha256").asString());
            }
        }
    }

    /** What a sweep does not touch for an hour is made older, so that the one at the start of a process sees to it. */
    private void assertNothingIsLeftBehind() throws IOException, SQLException, InterruptedException {
        api.kill();
        update("update stored_file set created_at = created_at - interval '2 hours'");
        FileTime earlier = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
        try (Stream<Path> objects = Files.walk(store.folder(bucket))) {
            for (Path object : objects.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(object, earlier);
            }
        }
        api = process("api");
        await().atMost(LONG).ignoreExceptions().until(() -> get("/v1/jobs").statusCode() == 200);
        String unused = String.join(" and ", strings("""
                select format('not exists (select 1 from %s as u where u.%I = f.sha256)', conrelid::regclass, attname)
                from pg_constraint join pg_attribute on attrelid = conrelid and attnum = conkey[1]
                where contype = 'f' and confrelid = 'stored_file'::regclass
                """));

        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            assertThat(strings("select sha256 from stored_file as f where " + unused))
                    .isEmpty();
            assertThat(objects()).isEqualTo(new TreeSet<>(strings("select sha256 from stored_file")));
        });
        assertThat(strings("select job_id::text from checkpoint where kind = 'resume'"))
                .isEmpty();
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

    /** A worker whose disk is full for anything that is larger than a picture. */
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
        return TestProcess.start(home, role, settings, wrapper);
    }

    /** Until there is a worker in the middle of training, so that what comes next meets one. */
    private void awaitTraining() {
        await().atMost(LONG).ignoreExceptions().until(() -> !strings("""
                        select id::text from job where phase = 'training' and status = 'processing' and progress_step between 5 and 50
                        """).isEmpty());
    }

    private int unfinished() throws SQLException {
        return strings("select id::text from job where completed_at is null").size();
    }

    /** Sends the job until it is accepted, as clients do that have an idempotency key. */
    private String submit(String key) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/v1/jobs".formatted(port)))
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .header("Idempotency-Key", key)
                .timeout(Duration.ofSeconds(30))
                .POST(BodyPublishers.ofByteArray(form()))
                .build();
        HttpResponse<String> accepted = await().atMost(LONG)
                .ignoreExceptions()
                .until(() -> client.send(request, BodyHandlers.ofString()), it -> it.statusCode() == 202);
        return JsonMapper.shared().readTree(accepted.body()).get("id").asString();
    }

    private static byte[] form() {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        try {
            for (int i = 1; i <= 3; i++) {
                part(form, "name=\"images\"; filename=\"%d.png\"".formatted(i), "image/png");
                form.write(Files.readAllBytes(Path.of("src/main/resources/subjects/owl/%d.png".formatted(i))));
            }
            part(form, "name=\"class_word\"", "text/plain");
            form.write("bird".getBytes(StandardCharsets.US_ASCII));
            part(form, "name=\"spec\"", "application/json");
            form.write(SPEC.getBytes(StandardCharsets.UTF_8));
            form.write(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return form.toByteArray();
    }

    private static void part(ByteArrayOutputStream form, String disposition, String type) throws IOException {
        form.write("\r\n--%s\r\nContent-Disposition: form-data; %s\r\nContent-Type: %s\r\n\r\n"
                .formatted(BOUNDARY, disposition, type)
                .getBytes(StandardCharsets.US_ASCII));
    }

    private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                        .timeout(Duration.ofSeconds(30))
                        .build(),
                BodyHandlers.ofByteArray());
    }

    private List<String> strings(String query) throws SQLException {
        try (Connection database = database();
                Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> strings = new ArrayList<>();
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
            return strings;
        }
    }

    private void update(String statement) throws SQLException {
        try (Connection database = database();
                Statement update = database.createStatement()) {
            update.executeUpdate(statement);
        }
    }

    /** The embedded server, which is somewhere else each time it is started. */
    private Connection database() throws SQLException {
        try {
            String at = Files.readAllLines(home.resolve("postgres/data/postmaster.pid"))
                    .get(3)
                    .strip();
            String password =
                    Files.readString(home.resolve("postgres/password")).strip();
            return DriverManager.getConnection(
                    "jdbc:postgresql://127.0.0.1:%s/postgres".formatted(at), "likeness", password);
        } catch (IOException e) {
            throw new SQLException("the server is not there", e);
        }
    }

    private static int freePort() {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
