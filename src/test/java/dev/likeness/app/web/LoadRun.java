package dev.likeness.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.ApiTest;
import dev.likeness.app.TestWorker;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Many clients and many jobs at the same time: no call fails, and a page or one job takes as long with ten thousand
 * jobs in the table as with a hundred. Writes the documentation's table; times are compared only within the run.
 */
@Tag("load")
@ApiTest
class LoadRun {

    private static final Path PAGE = Path.of("src/docs/benchmarks.md");
    private static final String BEGIN = "<!-- load -->";
    private static final String END = "<!-- end of load -->";

    private static final int MANY = 10_000;
    private static final int FEW = 100;
    private static final int UPLOADS = 200;
    private static final int READERS = 50;
    private static final int ROUNDS = 5;
    private static final int CALLS = 40;

    private final HttpClient client = HttpClient.newHttpClient();

    @Autowired
    Api api;

    @Autowired
    TestWorker worker;

    @Autowired
    JdbcClient jdbc;

    @Test
    void staysFlatAndRefusesNoCaller() throws Exception {
        worker.clear();
        UUID job = worker.submit();
        fill(FEW);
        calls(job).values().forEach(this::time);
        List<Map<String, Double>> few = new ArrayList<>();
        List<Map<String, Double>> many = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            fill(FEW);
            few.add(times(calls(job)));
            fill(MANY);
            many.add(times(calls(job)));
        }
        Map<String, Double> idle = times(calls(job));
        Map<String, Double> busy = new LinkedHashMap<>();
        Traffic traffic = traffic(job, calls(job), busy);

        assertThat(traffic.uploads()).isEqualTo(Map.of(201, UPLOADS));
        assertThat(traffic.readers()).isEqualTo(Map.of(200, READERS));
        assertThat(traffic.events()).isEqualTo(READERS);
        write(median(few), median(many), idle, busy, traffic);
    }

    /** The calls that clients repeat. */
    private Map<String, String> calls(UUID job) {
        Map<String, String> calls = new LinkedHashMap<>();
        calls.put("the job that waits longest", "/v1/jobs/" + newest("queued", "asc"));
        calls.put("the job that came last", "/v1/jobs/" + job);
        calls.put("a finished job", "/v1/jobs/" + newest("succeeded", "desc"));
        calls.put("the first page", "/v1/jobs?limit=20");
        URI later = URI.create(api.get("/v1/jobs?limit=50").at("/next"));
        calls.put("a later page", later.getPath() + "?" + later.getRawQuery().replace("limit=50", "limit=20"));
        calls.put("the first page of one status", "/v1/jobs?status=succeeded&limit=20");
        return calls;
    }

    private UUID newest(String status, String order) {
        return jdbc.sql("select id from job where status = ? order by created_at %s limit 1".formatted(order))
                .param(status)
                .query(UUID.class)
                .single();
    }

    private Map<String, Double> times(Map<String, String> calls) {
        Map<String, Double> times = new LinkedHashMap<>();
        calls.forEach((name, path) -> times.put(name, time(path)));
        return times;
    }

    /** Median milliseconds of a call. */
    private double time(String path) {
        return IntStream.range(0, CALLS)
                .mapToDouble(it -> {
                    long start = System.nanoTime();
                    HttpResponse<byte[]> answer = send(request(path).build(), BodyHandlers.ofByteArray());
                    assertThat(answer.statusCode()).isEqualTo(200);
                    return (System.nanoTime() - start) / 1e6;
                })
                .sorted()
                .skip(CALLS / 2)
                .findFirst()
                .orElseThrow();
    }

    /** Inserts older jobs of every status, as copies of the newest one. */
    private void fill(int count) {
        jdbc.sql("delete from job where created_at < (select max(created_at) from job)")
                .update();
        List<String> columns = jdbc.sql("""
                        select column_name from information_schema.columns
                        where table_name = 'job' and column_name not in ('id', 'status', 'created_at', 'queued_at',
                            'completed_at', 'error_code', 'error_message', 'error_retryable')
                        order by ordinal_position
                        """).query(String.class).list();
        jdbc.sql("""
                        insert into job (id, status, created_at, queued_at, completed_at, error_code, error_message,
                            error_retryable, %1$s)
                        select gen_random_uuid(),
                            (array['queued', 'succeeded', 'failed', 'canceled'])[1 + n %% 4],
                            created_at - n * interval '1 minute',
                            queued_at - n * interval '1 minute',
                            case when n %% 4 = 0 then null else now() end,
                            case when n %% 4 = 2 then 'internal' end,
                            case when n %% 4 = 2 then 'it was broken' end,
                            case when n %% 4 = 2 then true end,
                            %1$s
                        from job, generate_series(1, %2$d) as n
                        """.formatted(String.join(", ", columns), count)).update();
        jdbc.sql("vacuum analyze job").update();
    }

    /** Uploads and readers of events at once, while the same calls are timed. */
    private Traffic traffic(UUID job, Map<String, String> calls, Map<String, Double> busy)
            throws InterruptedException, ExecutionException {
        ExecutorService clients = Executors.newFixedThreadPool(UPLOADS + READERS);
        AtomicInteger events = new AtomicInteger();
        try {
            List<Future<Integer>> readers = IntStream.range(0, READERS)
                    .mapToObj(it -> clients.submit(() -> read(job, events)))
                    .toList();
            long start = System.nanoTime();
            List<Future<Integer>> uploads = IntStream.range(0, UPLOADS)
                    .mapToObj(it -> clients.submit(() -> api.send(
                                    HttpMethod.POST,
                                    "/v1/subjects",
                                    headers -> {},
                                    Api.owl(),
                                    MediaType.MULTIPART_FORM_DATA)
                            .status()))
                    .toList();
            busy.putAll(times(calls));
            Map<Integer, Integer> uploaded = statuses(uploads);
            double seconds = (System.nanoTime() - start) / 1e9;
            worker.work(job);
            return new Traffic(uploaded, statuses(readers), events.get(), seconds);
        } finally {
            clients.shutdownNow();
        }
    }

    /** Follows the job to its end. */
    private int read(UUID job, AtomicInteger completed) throws IOException {
        HttpResponse<InputStream> answer = send(
                request("/v1/jobs/%s/events".formatted(job))
                        .header("Accept", "text/event-stream")
                        .build(),
                BodyHandlers.ofInputStream());
        try (InputStream in = answer.body()) {
            if (new String(in.readAllBytes(), StandardCharsets.UTF_8).contains("event:completed")) {
                completed.incrementAndGet();
            }
        }
        return answer.statusCode();
    }

    private static Map<Integer, Integer> statuses(List<Future<Integer>> answers)
            throws InterruptedException, ExecutionException {
        Map<Integer, Integer> statuses = new TreeMap<>();
        for (Future<Integer> answer : answers) {
            statuses.merge(answer.get(), 1, Integer::sum);
        }
        return statuses;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(api.root() + path)).timeout(Duration.ofMinutes(5));
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) {
        try {
            return client.send(request, body);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Double> median(List<Map<String, Double>> rounds) {
        Map<String, Double> medians = new LinkedHashMap<>();
        for (String name : rounds.get(0).keySet()) {
            double[] sorted = rounds.stream()
                    .mapToDouble(it -> Objects.requireNonNull(it.get(name)))
                    .sorted()
                    .toArray();
            medians.put(name, sorted[sorted.length / 2]);
        }
        return medians;
    }

    private static void write(
            Map<String, Double> few,
            Map<String, Double> many,
            Map<String, Double> idle,
            Map<String, Double> busy,
            Traffic traffic)
            throws IOException {
        StringBuilder table = new StringBuilder();
        line(
                table,
                "| call | %,d jobs : %d jobs | with %d uploads and %d readers : without |",
                MANY,
                FEW,
                UPLOADS,
                READERS);
        line(table, "|---|---|---|");
        few.keySet()
                .forEach(name ->
                        line(table, "| %s | %.2f | %.1f |", name, ratio(many, few, name), ratio(busy, idle, name)));
        line(table, "");
        line(
                table,
                "Medians of %d calls, over %d rounds in turns for the first column. All %d uploads of three pictures each were"
                        + " kept, all %d readers saw the job's end; the uploads took %.0f s together.",
                CALLS,
                ROUNDS,
                UPLOADS,
                READERS,
                traffic.seconds());
        String text = Files.readString(PAGE);
        int from = text.indexOf(BEGIN) + BEGIN.length();
        Files.writeString(PAGE, text.substring(0, from) + "\n\n" + table + "\n" + text.substring(text.indexOf(END)));
    }

    private static double ratio(Map<String, Double> of, Map<String, Double> to, String name) {
        return Objects.requireNonNull(of.get(name)) / Objects.requireNonNull(to.get(name));
    }

    private static void line(StringBuilder table, String format, Object... values) {
        table.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    /** The results of uploads and readers, by status. */
    private record Traffic(Map<Integer, Integer> uploads, Map<Integer, Integer> readers, int events, double seconds) {}
}
