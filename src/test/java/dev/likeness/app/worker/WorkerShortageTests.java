package dev.likeness.app.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.ServiceTest;
import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.job.Jobs;
import dev.likeness.app.memory.JobMemory;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.spec.TestSpec;
import dev.likeness.app.task.TaskStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** A worker that runs out of disk or memory, with real processes, the real engine and a real database. */
@ServiceTest
@TestInstance(Lifecycle.PER_CLASS)
class WorkerShortageTests {

    /** Far more steps than a test waits for. */
    private static final int ENDLESS = 100_000;

    @Autowired
    ApplicationContext context;

    @Autowired
    ArtifactStore artifacts;

    @Autowired
    Jobs jobs;

    private WorkerBench bench;

    @BeforeAll
    void setUp() {
        bench = new WorkerBench(context);
    }

    @AfterAll
    void endProcesses() {
        bench.close();
    }

    @Test
    void aFullDiskFailsTheJobAndLeavesTheCheckpointThatLeavingHadMade() throws Exception {
        TestProcess first = bench.workers(1).get(0);
        JobWatch job = bench.submit(ENDLESS);
        await().atMost(Duration.ofMinutes(1)).until(() -> job.lastStep() > 3);
        first.terminate();
        int checkpoint = job.resumable();
        assertThat(job.status()).isEqualTo("queued");
        assertThat(job.lostWorkers()).isZero();
        assertThat(checkpoint).isEqualTo(job.lastStep());

        // Blocks of 512 bytes: room for logs and pictures, but not for a checkpoint.
        try (TestProcess limited = bench.start(
                "worker",
                List.of("sh", "-c", "ulimit -f 4096; exec \"$0\" \"$@\""),
                Map.of("likeness.worker.store-patience", "1s"))) {
            job.awaitStatus(TaskStatus.FAILED);
            assertThat(limited.isAlive()).isTrue();
        }

        assertThat(job.error()).isEqualTo("storage");
        assertThat(job.firstStepOfAttempt()).isEqualTo(checkpoint + 1);
        assertThat(job.resumable()).isEqualTo(checkpoint);
        assertThat(artifacts.local(job.resumableFile())).isNotEmptyFile();
    }

    @Test
    void aJobThatLibtorchGetsNoMemoryForRunsOnceMoreWithLess() throws Exception {
        try (TestProcess worker = bench.workers(1).get(0)) {
            // The engine and the model are loaded before, so that the limit is on the step alone.
            bench.submit(1).awaitStatus(TaskStatus.SUCCEEDED);
            worker.limitMemory(500L << 20);
            JobWatch job = bench.submit(hungry(), memory());
            job.awaitStatus(TaskStatus.SUCCEEDED);

            assertThat(worker.isAlive()).isTrue();
            assertThat(job.attempt()).isEqualTo(2);
            assertThat(job.memoryShortages()).isEqualTo(1);
            assertThat(job.checkpointsGradients()).isTrue();
            assertThat(job.logs().get(0)).contains("out of memory", "training");
        }
    }

    @Test
    void aJobWhoseWorkerTheKernelKilledForMemoryWaitsToRunWithLess() throws Exception {
        bench.workers(0);
        AtomicLong kills = new AtomicLong();
        WorkerSupervisor supervisor = bench.supervisor(kills);
        // Other processes of the tests' JVM, such as the object store, live on.
        Set<ProcessHandle> others = ProcessHandle.current().children().collect(Collectors.toSet());
        supervisor.start();
        try {
            JobWatch job = bench.submit(
                    TestSpec.small().with("training.steps", ENDLESS).spec(), memory());
            await().atMost(Duration.ofMinutes(1)).until(() -> job.lastStep() > 3);

            kills.incrementAndGet();
            ProcessHandle.current()
                    .children()
                    .filter(it -> !others.contains(it))
                    .forEach(ProcessHandle::destroyForcibly);
            await().atMost(Duration.ofMinutes(1)).until(() -> job.memoryShortages() == 1);

            assertThat(job.lostWorkers()).isZero();
            assertThat(job.checkpointsGradients()).isTrue();
            jobs.cancel(job.id());
        } finally {
            supervisor.stop();
        }
    }

    /** Takes 0.9 GB in a step, and a third with gradient checkpointing. */
    private static JobSpec hungry() {
        return TestSpec.small()
                .with("training.steps", 1)
                .with("training.batch_size", 64)
                .with("prior.enabled", false)
                .spec();
    }

    /** Of a job without a memory plan, whose request fixes no setting. */
    private static JobMemory memory() {
        return new JobMemory(1, null, null, 16, List.of(), List.of());
    }
}
