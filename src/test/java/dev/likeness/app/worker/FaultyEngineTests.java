package dev.likeness.app.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.ServiceTest;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.task.TaskStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

/** Workers, as processes of their own, that start themselves again because their engine fails its self-check. */
@Tag("acceptance")
@ServiceTest
@ExtendWith(OutputCaptureExtension.class)
class FaultyEngineTests {

    private static final String AGAIN = "Restarting with ONEDNN_MAX_CPU_ISA=AVX";

    @Autowired
    ApplicationContext context;

    @Autowired
    TestDatabase database;

    @TempDir
    Path folder;

    private WorkerBench bench;

    @BeforeEach
    void setUp() {
        bench = new WorkerBench(context);
    }

    @AfterEach
    void endProcesses() {
        bench.close();
    }

    @Test
    void aWorkerOfItsOwnStartsAgainInTheSameProcess() throws Exception {
        try (TestProcess worker = TestProcess.start(
                WorkerBench.HOME, "worker", WorkerBench.SETTINGS, List.of(), FaultyEngine.program(folder))) {
            await().atMost(Duration.ofMinutes(2)).until(() -> !announced().isEmpty());
            assertThat(announced()).containsExactly("passed, ONEDNN_MAX_CPU_ISA=AVX");
            assertThat(environment(worker.pid())).contains("ONEDNN_MAX_CPU_ISA=AVX");
            assertThat(Files.readString(worker.output())).containsOnlyOnce(AGAIN);

            JobWatch job = bench.submit(5);
            job.awaitStatus(TaskStatus.SUCCEEDED);
            assertThat(job.engine("check")).isEqualTo("57 operators agree with fp64 in fp32");
            assertThat(job.engine("setting")).isEqualTo("ONEDNN_MAX_CPU_ISA=AVX");

            worker.terminate();
            assertThat(announced()).isEmpty();
        }
    }

    @Test
    void aSupervisedWorkerKeepsItsId(CapturedOutput output) {
        List<UUID> started = new CopyOnWriteArrayList<>();
        List<String> program = FaultyEngine.program(folder);
        WorkerSupervisor supervisor = new WorkerSupervisor(
                id -> {
                    started.add(id);
                    Map<String, String> settings = new HashMap<>(WorkerBench.SETTINGS);
                    settings.put("likeness.worker.id", id.toString());
                    settings.put("likeness.worker.supervised", "true");
                    settings.put("logging.structured.format.console", ConsoleFormat.class.getName());
                    return TestProcess.command(WorkerBench.HOME, "worker", settings, List.of(), program);
                },
                () -> new WorkerConsole(folder.resolve("worker.log"), false, Clock.systemUTC()),
                context.getBean(WorkerSettings.class),
                () -> 0,
                id -> {});
        supervisor.start();
        try {
            await().atMost(Duration.ofMinutes(2)).until(() -> !announced().isEmpty());

            assertThat(announced()).containsExactly("passed, ONEDNN_MAX_CPU_ISA=AVX");
            assertThat(database.workers().ids()).isEqualTo(started);
            assertThat(output.getOut()).containsOnlyOnce(AGAIN);
        } finally {
            supervisor.stop();
        }
        assertThat(announced()).isEmpty();
    }

    private List<String> announced() {
        return database.workers().engineSettings();
    }

    private static List<String> environment(long pid) throws Exception {
        return List.of(
                Files.readString(Path.of("/proc/%d/environ".formatted(pid))).split("\0"));
    }
}
