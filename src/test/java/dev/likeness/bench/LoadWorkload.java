package dev.likeness.bench;

import dev.likeness.app.postgres.JoinedPostgres;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.util.FileSystemUtils;

/** What the service itself costs, beside the engine. */
enum LoadWorkload implements Workload {
    /** From the call that submits a job to its start by an idle worker. */
    CLAIM {
        @Override
        Result run(Service service, ServiceTables tables, Task task) throws Exception {
            String subject = service.addSubject();
            List<Double> seconds = new ArrayList<>();
            for (int i = -WARM_UP_CLAIMS; i < CLAIMS; i++) {
                Instant submitted = Instant.now();
                String job = service.submit(subject, LONG_JOB);
                service.await(job, "start");
                if (i >= 0) {
                    seconds.add(Duration.between(submitted, tables.started(job)).toNanos() / 1e9);
                }
                service.cancel(job);
                service.await(job, "completed");
            }
            return new Result(
                    seconds,
                    Map.of(
                            "slowest_seconds",
                            seconds.stream().mapToDouble(it -> it).max().orElseThrow()));
        }
    },

    /** Calls of {@code GET /v1/jobs/{id}}, by a few clients at the same time. */
    STATUS {
        @Override
        Result run(Service service, ServiceTables tables, Task task) throws Exception {
            String job = service.submit(service.addSubject(), LONG_JOB);
            service.cancel(job);
            service.await(job, "completed");
            HttpRequest request =
                    HttpRequest.newBuilder(service.uri("/v1/jobs/" + job)).build();
            call(request, WARM_UP_SECONDS);
            Usage before = Usage.of(service.processes());
            List<Double> seconds = call(request, CALL_SECONDS);
            Usage after = Usage.of(service.processes());
            return new Result(
                    seconds,
                    Map.of(
                            "calls_per_second",
                            seconds.size() / ((after.nanos() - before.nanos()) / 1e9),
                            "cpu_seconds_per_call",
                            (after.cpuSeconds() - before.cpuSeconds()) / seconds.size()));
        }
    },

    /** Event streams of one job that are open at the same time; a step is the delivery of an event to all. */
    STREAMS {
        @Override
        Result run(Service service, ServiceTables tables, Task task) throws Exception {
            String job = service.submit(service.addSubject(), LONG_JOB);
            service.await(job, "metric");
            // The first ones load classes and fill pools.
            new OpenStreams(service.uri("/v1/jobs/" + job + "/events"), WARM_UP_STREAMS).close();
            Footprint before = Footprint.of(service.api());
            try (OpenStreams streams = new OpenStreams(service.uri("/v1/jobs/" + job + "/events"), STREAMS_COUNT)) {
                Footprint open = Footprint.of(service.api());
                long canceled = System.nanoTime();
                service.cancel(job);
                int received = streams.receive("completed");
                double seconds = (System.nanoTime() - canceled) / 1e9;
                return new Result(
                        List.of(seconds),
                        Map.of(
                                "streams",
                                (double) received,
                                "heap_bytes_per_stream",
                                (open.heap() - before.heap()) / (double) received,
                                "resident_bytes_per_stream",
                                (open.resident() - before.resident()) / (double) received,
                                "threads_per_stream",
                                (open.threads() - before.threads()) / (double) received));
            }
        }
    },

    /** Bytes of a whole job's rows. */
    ROWS {
        @Override
        Result run(Service service, ServiceTables tables, Task task) throws Exception {
            long start = System.nanoTime();
            String job = service.submit(
                    service.addSubject(),
                    "{\"prior\": {\"images\": %d}, \"training\": {\"steps\": %d}}"
                            .formatted(task.job().priorImages(), task.job().steps()));
            service.await(job, "completed");
            double seconds = (System.nanoTime() - start) / 1e9;
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put("job_row_bytes", (double) tables.jobBytes(job));
            figures.put("events", (double) tables.events(job));
            for (String table : List.of("job_event", "job_image", "score", "checkpoint", "job_artifact")) {
                figures.put(table + "_bytes", (double) tables.bytes(table, job));
            }
            return new Result(List.of(seconds), figures);
        }
    },

    /** CPU of a service without work. */
    IDLE {
        @Override
        Result run(Service service, ServiceTables tables, Task task) throws Exception {
            String job = service.submit(service.addSubject(), LONG_JOB);
            service.await(job, "start");
            service.cancel(job);
            service.await(job, "completed");
            TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
            long transactions = tables.transactions();
            Usage all = Usage.of(service.processes());
            Usage api = Usage.of(List.of(service.api()));
            Usage worker = Usage.of(List.of(service.worker()));
            TimeUnit.SECONDS.sleep(IDLE_SECONDS);
            double ofApi = Usage.of(List.of(service.api())).cpuSeconds() - api.cpuSeconds();
            double ofWorker = Usage.of(List.of(service.worker())).cpuSeconds() - worker.cpuSeconds();
            double ofAll = Usage.of(service.processes()).cpuSeconds() - all.cpuSeconds();
            return new Result(
                    List.of((double) IDLE_SECONDS),
                    Map.of(
                            "api_cores",
                            ofApi / IDLE_SECONDS,
                            "worker_cores",
                            ofWorker / IDLE_SECONDS,
                            "postgres_cores",
                            (ofAll - ofApi - ofWorker) / IDLE_SECONDS,
                            "transactions_per_second",
                            (tables.transactions() - transactions) / (double) IDLE_SECONDS));
        }
    },

    /** Short jobs, with one worker. */
    WORKERS_1(1),

    /** The same with two, which share the threads. */
    WORKERS_2(2),

    /** The same with four. */
    WORKERS_4(4);

    /** The name that stands for all of them. */
    static final String GROUP = "service";

    private static final int WARM_UP_CLAIMS = 3;
    private static final int CLAIMS = 20;
    private static final int CLIENTS = 4;
    private static final int WARM_UP_SECONDS = 10;
    private static final int CALL_SECONDS = 10;
    private static final int WARM_UP_STREAMS = 200;
    private static final int STREAMS_COUNT = 2_000;
    private static final int SETTLE_SECONDS = 30;
    private static final int IDLE_SECONDS = 60;
    private static final int JOBS = 12;

    /** It never ends in time. */
    private static final String LONG_JOB = """
            {"training": {"steps": 10000}, "prior": {"enabled": false}, "previews": {"every_steps": 0}}""";

    private static final String SHORT_JOB = """
            {"training": {"steps": 40}, "prior": {"enabled": false}, "previews": {"every_steps": 0},
             "evaluation": {"checkpoints": 1, "prompts": ["a photo of a {subject}"], "class_images": 2, "keep": "last"},
             "sampling": {"images_per_prompt": 1}}""";

    private final int workers;

    LoadWorkload() {
        this(1);
    }

    LoadWorkload(int workers) {
        this.workers = workers;
    }

    /** @throws IllegalArgumentException if the name is unknown */
    static LoadWorkload named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    static boolean isOne(String name) {
        return names().contains(name);
    }

    static List<String> names() {
        return Arrays.stream(values())
                .map(it -> it.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
    }

    /** Runs on a service that was just started: whole jobs in one queue, unless the workload is another. */
    Result run(Service service, ServiceTables tables, Task task) throws Exception {
        return jobs(service, task);
    }

    /** Of one worker. Together, threads that wait for a core take several times as long as threads with a core each. */
    private Task.Effort effort(Task task) {
        Task.Effort all = task.effort();
        return new Task.Effort(all.warmup(), all.steps(), Math.max(1, all.threads() / workers), all.device());
    }

    @Override
    public Sample measure(Task task) throws IOException {
        Path home = Files.createTempDirectory("likeness-bench-home-");
        long start = System.nanoTime();
        try (Service service = Service.start(home, effort(task))) {
            service.awaitAnswers();
            double answers = (System.nanoTime() - start) / 1e9;
            Usage before = Usage.of(service.processes());
            try (JoinedPostgres postgres = new JoinedPostgres(home)) {
                Result result = run(service, new ServiceTables(postgres.jdbc()), task);
                return new Sample(
                        result.seconds(),
                        List.of(),
                        null,
                        result.figures(),
                        answers,
                        null,
                        Sample.Used.between(before, Usage.of(service.processes())),
                        new Sample.Peak(service.peakResident(), service.peakOfWorker(), null),
                        Versions.here());
            }
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            FileSystemUtils.deleteRecursively(home);
        }
    }

    /** They are no work for another program. */
    @Override
    public void export(Opened model, InputsWriter inputs) {
        throw new IllegalArgumentException("%s is no work for another program".formatted(name()));
    }

    /** Seconds of each call. */
    private static List<Double> call(HttpRequest request, int seconds) throws InterruptedException, ExecutionException {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<List<Double>>> each = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                each.add(clients.submit(() -> callAlone(request, seconds)));
            }
            List<Double> all = new ArrayList<>();
            for (Future<List<Double>> one : each) {
                all.addAll(one.get());
            }
            return all;
        } finally {
            clients.shutdownNow();
        }
    }

    private static List<Double> callAlone(HttpRequest request, int seconds) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        List<Double> times = new ArrayList<>();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (long start = System.nanoTime(); start < end; start = System.nanoTime()) {
            if (client.send(request, BodyHandlers.ofByteArray()).statusCode() != 200) {
                throw new IOException("a call failed");
            }
            times.add((System.nanoTime() - start) / 1e9);
        }
        return times;
    }

    private Result jobs(Service service, Task task) throws IOException, InterruptedException {
        for (int i = 1; i < workers; i++) {
            service.addWorker(effort(task));
        }
        String subject = service.addSubject();
        finish(service, subject, 2 * workers);
        Usage before = Usage.of(service.processes());
        finish(service, subject, JOBS);
        Usage after = Usage.of(service.processes());
        double seconds = (after.nanos() - before.nanos()) / 1e9;
        double cpu = after.cpuSeconds() - before.cpuSeconds();
        return new Result(
                List.of(seconds / JOBS),
                Map.of("jobs_per_second", JOBS / seconds, "cores", cpu / seconds, "cpu_seconds_per_job", cpu / JOBS));
    }

    private static void finish(Service service, String subject, int count) throws InterruptedException {
        List<String> jobs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            jobs.add(service.submit(subject, SHORT_JOB));
        }
        for (String job : jobs) {
            service.await(job, "completed");
        }
    }

    /** @param seconds of each step */
    record Result(List<Double> seconds, Map<String, Double> figures) {}

    /**
     * A Java process.
     *
     * @param heap bytes of its objects
     * @param resident bytes
     */
    private record Footprint(long heap, long resident, long threads) {

        private static final Pattern USED = Pattern.compile("(?m)^(?! *(?:Metaspace|class space)).*\\bused (\\d+)K");
        private static final int KIB = 1024;

        static Footprint of(long pid) throws IOException {
            jcmd(pid, "GC.run");
            long heap = 0;
            for (Matcher used = USED.matcher(jcmd(pid, "GC.heap_info")); used.find(); ) {
                heap += Long.parseLong(used.group(1)) * KIB;
            }
            Map<String, Long> status = new LinkedHashMap<>();
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
                if (line.startsWith("VmRSS:") || line.startsWith("Threads:")) {
                    status.put(line.substring(0, line.indexOf(':')), Long.parseLong(line.replaceAll("\\D", "")));
                }
            }
            return new Footprint(heap, status.getOrDefault("VmRSS", 0L) * KIB, status.getOrDefault("Threads", 0L));
        }

        private static String jcmd(long pid, String command) throws IOException {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(pid),
                            command)
                    .redirectErrorStream(true)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
