package dev.likeness.bench;

import dev.likeness.app.LikenessApplication;
import dev.likeness.app.worker.EngineProcess;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;

/** The whole service as an operator starts it: API, worker and embedded PostgreSQL. */
final class Service implements AutoCloseable {

    private static final int PICTURES = 6;
    private static final long ASK_EVERY_MILLIS = 50;

    private final Path home;
    private final Process process;
    private final String url;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Process> workers = new ArrayList<>();

    private Service(Path home, Process process, String url) {
        this.home = home;
        this.process = process;
        this.url = url;
    }

    /** @param home folder of all data; a new one makes a new database */
    static Service start(Path home, Task.Effort effort) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Process process = new ProcessBuilder(
                        java(),
                        "-cp",
                        classPath(),
                        LikenessApplication.class.getName(),
                        "--likeness.home=" + home,
                        "--server.port=" + port,
                        "--likeness.worker.threads=" + effort.threads(),
                        "--likeness.worker.device=" + effort.device())
                .redirectErrorStream(true)
                .redirectOutput(home.resolveSibling(home.getFileName() + ".log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new Service(home, process, "http://127.0.0.1:" + port);
    }

    /** Starts another worker process beside the service's own. It ends with the service. */
    void addWorker(Task.Effort effort) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(EngineProcess.jvmOptions());
        command.addAll(List.of(
                "-cp",
                classPath(),
                LikenessApplication.class.getName(),
                "--likeness.role=worker",
                "--likeness.home=" + home,
                "--likeness.worker.threads=" + effort.threads(),
                "--likeness.worker.device=" + effort.device()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolveSibling("%s-%d.log".formatted(home.getFileName(), workers.size()))
                        .toFile());
        EngineProcess.tune(builder.environment());
        Process worker = builder.start();
        workers.add(worker);
        Runtime.getRuntime().addShutdownHook(new Thread(worker::destroyForcibly));
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** As it is shipped, without the tests. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Returns as soon as the API answers. */
    void awaitAnswers() throws InterruptedException {
        HttpRequest health =
                HttpRequest.newBuilder(URI.create(url + "/actuator/health")).build();
        while (process.isAlive()) {
            try {
                if (http.send(health, BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // It does not listen yet.
            }
            TimeUnit.MILLISECONDS.sleep(ASK_EVERY_MILLIS);
        }
        throw new IllegalStateException("the service has ended; its output is in " + home + ".log");
    }

    private static MultiValueMap<String, Object> pictures() {
        MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
        for (int i = 1; i <= PICTURES; i++) {
            form.add("images", new ClassPathResource("subjects/owl/%d.png".formatted(i)));
        }
        form.add("class_word", "bird");
        return form;
    }

    /** Submits a job for the bundled owl. The result is its id. */
    String submit(String spec) {
        MultiValueMap<String, Object> form = pictures();
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_JSON);
        form.add("spec", new HttpEntity<>(spec, headers));
        return RestClient.create(url)
                .post()
                .uri("/v1/jobs")
                .contentType(MediaType.MULTIPART_FORM_DATA)
                .body(form)
                .retrieve()
                .requiredBody(JsonNode.class)
                .at("/id")
                .asString();
    }

    /** Adds the bundled owl. The result is its id. */
    String addSubject() {
        return RestClient.create(url)
                .post()
                .uri("/v1/subjects")
                .contentType(MediaType.MULTIPART_FORM_DATA)
                .body(pictures())
                .retrieve()
                .requiredBody(JsonNode.class)
                .at("/id")
                .asString();
    }

    /** Submits a job for a subject. The result is its id. */
    String submit(String subject, String spec) {
        return RestClient.create(url)
                .post()
                .uri("/v1/jobs")
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"subject_id\": \"%s\", \"spec\": %s}".formatted(subject, spec))
                .retrieve()
                .requiredBody(JsonNode.class)
                .at("/id")
                .asString();
    }

    void cancel(String job) {
        RestClient.create(url)
                .post()
                .uri("/v1/jobs/{id}/cancel", job)
                .retrieve()
                .toBodilessEntity();
    }

    JsonNode job(String job) {
        return RestClient.create(url).get().uri("/v1/jobs/{id}", job).retrieve().requiredBody(JsonNode.class);
    }

    /** Follows a job's events until one of this name. */
    void await(String job, String event) throws InterruptedException {
        follow(job, event::equals);
    }

    private void follow(String job, Predicate<String> last) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("%s/v1/jobs/%s/events".formatted(url, job)))
                .header("Accept", "text/event-stream")
                .build();
        try {
            HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("event:")
                            && last.test(line.substring("event:".length()).strip())) {
                        return;
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("job %s has ended early: %s".formatted(job, job(job).at("/error")));
    }

    URI uri(String path) {
        return URI.create(url + path);
    }

    /** The API process. */
    long api() {
        return process.pid();
    }

    /** The worker that the API process has started. */
    long worker() {
        return virtualMachines().skip(1).findFirst().orElseThrow();
    }

    /** All processes: those of the API, the worker and PostgreSQL, which is a child of another process. */
    List<Long> processes() {
        return Stream.concat(
                        Stream.of(process.toHandle()),
                        ProcessHandle.allProcesses().filter(this::usesHome))
                .flatMap(it -> Stream.concat(Stream.of(it), it.descendants()))
                .map(ProcessHandle::pid)
                .distinct()
                .toList();
    }

    private boolean usesHome(ProcessHandle other) {
        return other.pid() != ProcessHandle.current().pid()
                && other.info().commandLine().orElse("").contains(home.toString());
    }

    /** Bytes: the sum of the peaks of the API process and of the worker. */
    long peakResident() {
        return virtualMachines().mapToLong(Usage::peakResident).sum();
    }

    /** Bytes of the worker alone. */
    long peakOfWorker() {
        return virtualMachines().skip(1).mapToLong(Usage::peakResident).max().orElse(0);
    }

    private Stream<Long> virtualMachines() {
        return Stream.concat(
                Stream.of(process.pid()),
                process.descendants()
                        .filter(it -> it.info().command().orElse("").endsWith("/java"))
                        .map(ProcessHandle::pid));
    }

    @Override
    public void close() {
        workers.forEach(Process::destroy);
        process.destroy();
        try {
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
