package dev.likeness.app.worker;

import static dev.likeness.app.worker.FakeEngine.fail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.likeness.app.Spans;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.task.Phase;
import dev.likeness.app.task.TaskStatus;
import dev.likeness.diffusion.training.NanLossException;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a worker publishes about itself: row, metrics, health and log. */
@FakeWorkerTest
class WorkerObservationTests {

    private static final Logger ROOT = (Logger) LoggerFactory.getLogger("dev.likeness");

    @Autowired
    ApplicationContext context;

    @Autowired
    WorkerEndpoints endpoints;

    @Autowired
    FakeEngine engine;

    @Autowired
    Spans spans;

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private WorkerBench bench;

    @BeforeEach
    void setUp() {
        bench = new WorkerBench(context);
        lines.start();
        ROOT.addAppender(lines);
    }

    @AfterEach
    void tearDown() {
        ROOT.detachAppender(lines);
    }

    @Test
    void aJobIsOneTraceWithASpanForEachPhase() {
        int before = spans.named("task job").size();
        bench.submit(5).awaitStatus(TaskStatus.SUCCEEDED);
        await().until(() -> spans.named("task job").size() > before);
        List<SpanData> tasks = spans.named("task job");

        SpanData task = tasks.get(tasks.size() - 1);
        assertThat(spans.of(task.getTraceId()))
                .filteredOn(it -> it.getParentSpanId().equals(task.getSpanId()))
                .extracting(SpanData::getName)
                .containsExactlyElementsOf(
                        Arrays.stream(Phase.values()).map(Phase::wire).toList());
    }

    @Test
    void metricsCountPhasesStepsMemoryAndFailures() throws Exception {
        engine.onTraining(fail(new NanLossException(1)));
        bench.submit(5).awaitStatus(TaskStatus.FAILED);
        await().until(() ->
                figures().contains("likeness_task_seconds_count{error=\"none\",kind=\"job\",outcome=\"failed\"}"));
        double steps = figure("likeness_training_step_seconds_count{method=\"dreambooth\"}");
        double trained =
                figure("likeness_phase_seconds_count{error=\"none\",method=\"dreambooth\",phase=\"training\"}");
        double done = figure("likeness_task_seconds_count{error=\"none\",kind=\"job\",outcome=\"done\"}");

        bench.submit(5).awaitStatus(TaskStatus.SUCCEEDED);

        await().until(() ->
                figure("likeness_task_seconds_count{error=\"none\",kind=\"job\",outcome=\"done\"}") == done + 1);
        assertThat(figure("likeness_training_step_seconds_count{method=\"dreambooth\"}"))
                .isEqualTo(steps + 5);
        assertThat(figure("likeness_phase_seconds_count{error=\"none\",method=\"dreambooth\",phase=\"training\"}"))
                .isEqualTo(trained + 1);
        assertThat(figure("likeness_device_memory_held_bytes{device=\"cpu\"}")).isOne();
        assertThat(figure("process_resident_memory_bytes")).isGreaterThan(1 << 20);
    }

    @Test
    void registersItself() {
        await().until(() -> TestDatabase.of(context).workers().holding("cpu", 1) == 1);
    }

    @Test
    void healthIsOfTheWholeOrOfAPartOrNotFound() throws Exception {
        assertThat(get("/actuator/health").body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(200);
        assertThat(get("/actuator/health/nothing").statusCode()).isEqualTo(404);
        assertThat(get("/actuator/env").statusCode()).isEqualTo(404);
        assertThat(get("/v1/jobs").statusCode()).isEqualTo(404);
    }

    @Test
    void whatCheckingTheEngineHasShownIsWithTheWorkerAndItsJobs() throws Exception {
        JobWatch watch = bench.submit(5);
        watch.awaitStatus(TaskStatus.SUCCEEDED);

        assertThat(watch.engine("check")).isEqualTo("1 operators agree with fp64 in fp32");
        assertThat(watch.engine("worker_version")).isEqualTo("development");
        assertThat(figure("likeness_worker_engine_check{outcome=\"passed\"}")).isOne();
        await().until(() -> announced().equals(List.of("passed: 1 operators agree with fp64 in fp32")));
    }

    private List<String> announced() {
        return TestDatabase.of(context).workers().engineChecks();
    }

    @Test
    void logLinesOfAJobHaveItsIdAndOwner() {
        JobWatch watch = bench.submit(5);
        watch.awaitStatus(TaskStatus.SUCCEEDED);
        String message = "TaskRef[kind=JOB, id=%s]: DONE".formatted(watch.id());
        await().until(() ->
                lines.list.stream().anyMatch(it -> it.getFormattedMessage().equals(message)));

        JsonNode line = json(lines.list.stream()
                .filter(it -> it.getFormattedMessage().equals(message))
                .findFirst()
                .orElseThrow());

        assertThat(line.get("job_id").asString()).isEqualTo(watch.id().toString());
        assertThat(line.get("owner").asString()).isEqualTo("local");
        assertThat(line.get("traceId").asString()).matches("[0-9a-f]{32}");
    }

    /** A log line in the format of {@code logging.structured.format.console}. */
    private static JsonNode json(ILoggingEvent event) {
        StructuredLogEncoder encoder = new StructuredLogEncoder();
        encoder.setContext(ROOT.getLoggerContext());
        encoder.setFormat("ecs");
        encoder.start();
        return new JsonMapper().readTree(new String(encoder.encode(event), StandardCharsets.UTF_8));
    }

    private double figure(String series) throws IOException, InterruptedException {
        return figures()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .map(line -> Double.parseDouble(line.substring(series.length())))
                .findFirst()
                .orElse(0.0);
    }

    private String figures() throws IOException, InterruptedException {
        return get("/actuator/prometheus").body();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:%d%s".formatted(endpoints.port(), path));
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
