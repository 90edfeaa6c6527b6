package dev.likeness.app.worker;

import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** The processes of one home with one embedded database, seen by a client and by an operator. */
record Fleet(Path home, HttpClient client) {

    static final Duration LONG = Duration.ofMinutes(15);

    private static final String BOUNDARY = "----fleet";

    Fleet(Path home) {
        this(
                home.toAbsolutePath(),
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build());
    }

    /** Waits until the API process at the port answers. */
    void awaitApi(int port) {
        await().atMost(LONG)
                .ignoreExceptions()
                .until(() -> get(port, "/v1/jobs").statusCode() == 200);
    }

    /** Waits for a worker in the middle of training, so that the next fault interrupts training. */
    void awaitTraining() {
        await().atMost(LONG).ignoreExceptions().until(() -> !strings("""
                        select id::text from job where phase = 'training' and status = 'processing' and progress_step between 5 and 50
                        """).isEmpty());
    }

    void awaitNoUnfinishedJob() {
        await().atMost(LONG)
                .ignoreExceptions()
                .until(() -> strings("select id::text from job where completed_at is null")
                        .isEmpty());
    }

    HttpResponse<byte[]> get(int port, String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                        .timeout(Duration.ofSeconds(30))
                        .build(),
                BodyHandlers.ofByteArray());
    }

    /**
     * Submits a job with pictures of the owl until it is accepted with an idempotency key.
     *
     * @return its id
     */
    String submit(int port, String key, String spec) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/v1/jobs".formatted(port)))
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .header("Idempotency-Key", key)
                .timeout(Duration.ofSeconds(30))
                .POST(BodyPublishers.ofByteArray(form(spec)))
                .build();
        HttpResponse<String> accepted = await().atMost(LONG)
                .ignoreExceptions()
                .until(() -> client.send(request, BodyHandlers.ofString()), it -> it.statusCode() == 202);
        return JsonMapper.shared().readTree(accepted.body()).get("id").asString();
    }

    private static byte[] form(String spec) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        try {
            for (int i = 1; i <= 3; i++) {
                part(form, "name=\"images\"; filename=\"%d.png\"".formatted(i), "image/png");
                form.write(Files.readAllBytes(Path.of("src/main/resources/subjects/owl/%d.png".formatted(i))));
            }
            part(form, "name=\"class_word\"", "text/plain");
            form.write("bird".getBytes(StandardCharsets.US_ASCII));
            part(form, "name=\"spec\"", "application/json");
            form.write(spec.getBytes(StandardCharsets.UTF_8));
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

    /** Ids of all jobs. */
    List<String> jobs() throws SQLException {
        return strings("select id::text from job");
    }

    /** Ids of jobs that have lost a worker. */
    List<String> jobsWithLostWorkers() throws SQLException {
        return strings("select id::text from job where lost_workers > 0");
    }

    /** Ids of jobs that a worker is in the middle of training. */
    List<String> trainedBy(UUID worker) throws SQLException {
        return strings("""
                select job.id::text from job join scheduled_tasks on task_instance = job.id::text
                where phase = 'training' and progress_step between 5 and 50 and picked_by = '%s'
                """.formatted(worker));
    }

    /** Number of events that say that a job has ended. */
    int completions(String job) throws SQLException {
        return strings("select seq::text from job_event where type = 'completed' and job_id = '%s'".formatted(job))
                .size();
    }

    /** Ids of jobs with several events that say that they have ended. */
    List<String> jobsCompletedTwice() throws SQLException {
        return strings(
                "select job_id::text from job_event where type = 'completed' group by job_id having count(*) > 1");
    }

    /** Job and step of training steps that were reported twice. */
    List<String> stepsReportedTwice() throws SQLException {
        return strings("""
                select job_id || ' ' || (data ->> 'step') from job_event where type = 'metric'
                group by job_id, data ->> 'step' having count(*) > 1
                """);
    }

    /** The step that a job would resume from. */
    List<String> resumableStep(String job) throws SQLException {
        return strings("select max(step)::text from checkpoint where kind = 'resume' and job_id = '%s'".formatted(job));
    }

    /** The last training step that a job has reported. */
    List<String> lastStep(String job) throws SQLException {
        return strings("select max((data ->> 'step')::int)::text from job_event where type = 'metric' and job_id = '%s'"
                .formatted(job));
    }

    /** Ids of jobs that could resume. */
    List<String> resumableJobs() throws SQLException {
        return strings("select job_id::text from checkpoint where kind = 'resume'");
    }

    /** Digests of stored files. */
    List<String> files() throws SQLException {
        return strings("select sha256 from stored_file");
    }

    /** Digests of stored files that no row of any table refers to. */
    List<String> unusedFiles() throws SQLException {
        String unused = String.join(" and ", strings("""
                select format('not exists (select 1 from %s as u where u.%I = f.sha256)', conrelid::regclass, attname)
                from pg_constraint join pg_attribute on attrelid = conrelid and attnum = conkey[1]
                where contype = 'f' and confrelid = 'stored_file'::regclass
                """));
        return strings("select sha256 from stored_file as f where " + unused);
    }

    /** All files were stored two hours earlier. */
    void ageFiles() throws SQLException {
        update("update stored_file set created_at = created_at - interval '2 hours'");
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

    /** A connection to the embedded server, whose port changes with each start. */
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
}
