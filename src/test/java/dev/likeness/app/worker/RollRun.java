package dev.likeness.app.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.FreePort;
import dev.likeness.app.TestHome;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A rolling update of two API processes and two workers: one after the other is asked to end, and one of this build takes its
 * place, while clients ask, and jobs come in and run. With {@code -Dprevious=JAR}, that release is what runs before; without,
 * this build too. Some minutes.
 */
@Tag("roll")
class RollRun {

    private static final String SPEC = """
            {"training": {"steps": 60}, "prior": {"images": 4, "steps": 10}, "previews": {"every_steps": 0},
             "evaluation": {"checkpoints": 1, "prompts_per_kind": 1, "class_images": 2},
             "sampling": {"prompts": ["a photo of a {subject}"], "images_per_prompt": 2, "steps": 10}}""";

    private static final List<String> PREVIOUS = previous();

    private final Fleet fleet = new Fleet(TestHome.path(TestHome.ROLL));
    private final Set<String> jobs = new LinkedHashSet<>();
    private final List<TestProcess> processes = new ArrayList<>();
    private final ScheduledExecutorService clients = Executors.newSingleThreadScheduledExecutor();

    /** Ports of API processes that a balancer sends calls to. */
    private final List<Integer> balanced = new CopyOnWriteArrayList<>();

    private final List<String> refusals = new CopyOnWriteArrayList<>();
    private final AtomicInteger answers = new AtomicInteger();

    @BeforeEach
    void start() throws IOException {
        FileSystemUtils.deleteRecursively(fleet.home());
        clients.scheduleWithFixedDelay(() -> balanced.forEach(this::ask), 0, 50, TimeUnit.MILLISECONDS);
    }

    @AfterEach
    void end() {
        clients.shutdownNow();
        processes.forEach(TestProcess::close);
    }

    @Test
    void losesNoJobAndRefusesNoCaller() throws Exception {
        Api firstApi = api(PREVIOUS);
        Api secondApi = api(PREVIOUS);
        Worker firstWorker = worker(PREVIOUS);
        Worker secondWorker = worker(PREVIOUS);
        submit(firstApi);
        submit(secondApi);

        Api thirdApi = roll(firstApi);
        submit(secondApi);
        submit(thirdApi);
        roll(firstWorker);
        submit(secondApi);
        Api fourthApi = roll(secondApi);
        submit(fourthApi);
        roll(secondWorker);
        submit(thirdApi);
        fleet.awaitNoUnfinishedJob();

        for (String job : jobs) {
            JsonNode view = JsonMapper.shared()
                    .readTree(fleet.get(fourthApi.port(), "/v1/jobs/" + job).body());
            assertThat(view.at("/status").asString()).as(view.toString()).isEqualTo("succeeded");
        }
        assertThat(fleet.jobs()).containsExactlyInAnyOrderElementsOf(jobs);
        assertThat(fleet.jobsWithLostWorkers()).isEmpty();
        assertThat(fleet.stepsReportedTwice())
                .as("steps that were trained twice")
                .isEmpty();
        assertThat(fleet.jobsCompletedTwice()).as("jobs that ended twice").isEmpty();
        assertThat(refusals).isEmpty();
        assertThat(answers).hasValueGreaterThan(1_000);
    }

    private void submit(Api api) {
        jobs.add(fleet.submit(api.port(), "roll-" + jobs.size(), SPEC));
    }

    /** The new process is there before the old one gets no more calls and is asked to end. */
    private Api roll(Api old) throws InterruptedException, ExecutionException {
        Api next = api(TestProcess.thisBuild());
        balanced.remove((Integer) old.port());
        // Who has just been sent there is answered.
        clients.submit(() -> {}).get();
        old.process().terminate();
        return next;
    }

    /** In the middle of training, whose state is kept. */
    private void roll(Worker old) throws Exception {
        await().atMost(Fleet.LONG).ignoreExceptions().until(() -> !training(old).isEmpty());
        String job = training(old).get(0);
        old.process().terminate();
        assertThat(fleet.resumableStep(job)).isEqualTo(fleet.lastStep(job));
        worker(TestProcess.thisBuild());
    }

    private List<String> training(Worker worker) throws SQLException {
        return fleet.trainedBy(worker.id());
    }

    private Api api(List<String> program) {
        int port = FreePort.choose();
        Api api = new Api(port, process("api", Map.of("server.port", Integer.toString(port)), program));
        fleet.awaitApi(port);
        balanced.add(port);
        return api;
    }

    private Worker worker(List<String> program) {
        UUID id = UUID.randomUUID();
        return new Worker(id, process("worker", Map.of("likeness.worker.id", id.toString()), program));
    }

    private TestProcess process(String role, Map<String, String> more, List<String> program) {
        Map<String, String> settings = new HashMap<>(WorkerBench.SETTINGS);
        settings.putAll(more);
        TestProcess process = TestProcess.start(fleet.home(), role, settings, List.of(), program);
        processes.add(process);
        return process;
    }

    private void ask(int port) {
        try {
            int status = fleet.get(port, "/v1/jobs?limit=5").statusCode();
            if (status != 200) {
                refusals.add("%d: %d".formatted(port, status));
            }
            answers.incrementAndGet();
        } catch (IOException e) {
            refusals.add("%d: %s".formatted(port, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> previous() {
        String jar = System.getProperty("previous", "");
        return jar.isEmpty() ? TestProcess.thisBuild() : List.of("-jar", jar);
    }

    private record Api(int port, TestProcess process) {}

    private record Worker(UUID id, TestProcess process) {}
}
