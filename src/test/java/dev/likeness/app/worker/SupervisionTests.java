package dev.likeness.app.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.ServiceTest;
import dev.likeness.app.task.TaskStatus;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** An API process and the worker it keeps, as processes of their own. */
@Tag("acceptance")
@ServiceTest
class SupervisionTests {

    private static final int STEPS = 40;

    @Autowired
    ApplicationContext context;

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
    void aKilledApiProcessTakesItsWorkerAlongButLosesNothing() throws Exception {
        TestProcess first = bench.start("all");
        JobWatch job = bench.submit(STEPS);
        await().atMost(Duration.ofMinutes(2)).until(() -> job.lastStep() > 3);
        ProcessHandle orphan = worker(first);

        first.kill();
        await().atMost(Duration.ofMinutes(1)).until(() -> !orphan.isAlive());
        assertThat(job.status()).isIn("queued", "succeeded");
        assertThat(job.lostWorkers()).isZero();
        int checkpoint = job.resumable();
        assertThat(checkpoint).isEqualTo(job.lastStep());

        TestProcess second = bench.start("all");
        job.awaitStatus(TaskStatus.SUCCEEDED);
        assertThat(job.attempt()).isEqualTo(2);
        assertThat(job.firstStepOfAttempt()).isEqualTo(checkpoint + 1);

        ProcessHandle worker = worker(second);
        second.terminate();
        assertThat(worker.isAlive()).isFalse();
    }

    private static ProcessHandle worker(TestProcess api) {
        return api.children().stream()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow();
    }
}
