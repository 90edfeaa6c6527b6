package dev.likeness.app.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.ServiceTest;
import dev.likeness.app.caption.Captions;
import dev.likeness.app.job.Jobs;
import dev.likeness.app.subject.Caption;
import dev.likeness.app.task.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** Faults of workers and of the database, with real processes, the real engine and a real database. */
@ServiceTest
@TestInstance(Lifecycle.PER_CLASS)
class WorkerFaultTests {

    private static final int STEPS = 40;

    /** Far more steps than a test waits for. */
    private static final int ENDLESS = 100_000;

    @Autowired
    ApplicationContext context;

    @Autowired
    Jobs jobs;

    @Autowired
    Captions captions;

    private WorkerBench bench;

    @BeforeAll
    void setUp() {
        bench = new WorkerBench(context);
    }

    @AfterAll
    void endProcesses() {
        bench.close();
    }

    /** Half of the class images are the owner's, one with a caption. */
    @Test
    void anotherWorkerResumesTheJobOfAKilledOneWithTheSameLosses() throws Exception {
        bench.workers(2);
        UUID set = bench.classSet();
        JobWatch undisturbed = bench.submitWithClassSet(STEPS, set, 4, 0.5);
        undisturbed.awaitStatus(TaskStatus.SUCCEEDED);
        JobWatch job = bench.submitWithClassSet(STEPS, set, 4, 0.5);
        await().atMost(Duration.ofMinutes(1)).until(() -> job.resumable() > 0 && job.lastStep() > job.resumable());

        bench.workerOf(job).kill();
        Instant killed = Instant.now();
        int checkpoint = job.resumable();
        List<String> before = job.images("before");
        await().atMost(Duration.ofMinutes(2)).until(() -> job.attempt() == 2);
        assertThat(Duration.between(killed, Instant.now())).isLessThan(Duration.ofSeconds(30));
        job.awaitStatus(TaskStatus.SUCCEEDED);

        assertThat(job.lostWorkers()).isEqualTo(1);
        assertThat(job.firstStepOfAttempt()).isEqualTo(checkpoint + 1);
        assertThat(undisturbed.losses()).hasSize(STEPS);
        assertThat(job.lastLosses()).isEqualTo(undisturbed.losses());
        assertThat(job.images("before")).hasSize(2).isEqualTo(before);
        assertThat(job.images("result")).hasSize(4);
        assertThat(job.images("contact_sheet")).hasSize(1);
        assertThat(job.scores())
                .contains(
                        "checkpoint clip_i overall @ 0",
                        "checkpoint clip_i overall @ 40",
                        "checkpoint pres overall @ 40",
                        "checkpoint div overall @ 40",
                        "results clip_i overall @ 40",
                        "results clip_i a photo of a sks teapot @ 40",
                        "results clip_i a photo of a sks teapot on the beach @ 40",
                        "results clip_t overall @ 40")
                .hasSize(28);
        assertThat(job.resumable()).isZero();
    }

    @Test
    void aCanceledJobStopsWithinOneStep() {
        bench.workers(1);
        JobWatch job = bench.submit(ENDLESS);
        await().atMost(Duration.ofMinutes(1)).until(() -> job.lastStep() > 3);

        jobs.cancel(job.id());
        int step = job.lastStep();
        job.awaitStatus(TaskStatus.CANCELED);

        assertThat(job.lastStep()).isLessThanOrEqualTo(step + 1);
        assertThat(job.resumable()).isZero();
    }

    @Test
    @Tag("acceptance")
    void oneOfTwoIdleWorkersGetsAJob() {
        bench.workers(2);
        bench.awaitWorkers(2);

        JobWatch one = bench.submit(5);
        JobWatch other = bench.submit(5);
        one.awaitStatus(TaskStatus.SUCCEEDED);
        other.awaitStatus(TaskStatus.SUCCEEDED);

        assertThat(List.of(one.starts(), other.starts())).containsExactly(1, 1);
        assertThat(List.of(one.attempt(), other.attempt())).containsExactly(1, 1);
    }

    @Test
    void aWorkerDescribesPicturesWithTheModelsOwnClip() {
        bench.workers(1);

        UUID id = captions.submit(bench.subject(), JsonMapper.shared().createObjectNode())
                .id();

        await().atMost(Duration.ofMinutes(1)).until(() -> captions.get(id).status() == TaskStatus.SUCCEEDED);
        assertThat(captions.get(id).captions())
                .extracting(Caption::text)
                .containsExactly(
                        "a photo of a teapot in a room",
                        "a photo of a teapot on a blue background",
                        "a photo of a teapot on a teal background");
    }

    @Test
    void aRestartOfTheDatabaseOnlyDelaysAJob() {
        bench.workers(1);
        JobWatch job = bench.submit(STEPS);
        await().atMost(Duration.ofMinutes(1)).until(() -> job.lastStep() > 3);

        assertThat(TestPostgres.kill(WorkerBench.HOME)).isTrue();
        job.awaitStatus(TaskStatus.SUCCEEDED);

        assertThat(job.attempt()).isEqualTo(1);
        assertThat(job.lostWorkers()).isZero();
        Map<Integer, Double> losses = new TreeMap<>(job.losses());
        assertThat(losses).hasSize(STEPS);
    }
}
