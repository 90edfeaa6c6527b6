package dev.likeness.app.worker.job;

import static dev.likeness.app.worker.FakeEngine.fail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.TestDatabase;
import dev.likeness.app.job.Job;
import dev.likeness.app.job.Jobs;
import dev.likeness.app.job.TestJobs;
import dev.likeness.app.memory.JobMemory;
import dev.likeness.app.task.Failure;
import dev.likeness.app.task.TaskStatus;
import dev.likeness.app.worker.FakeEngine;
import dev.likeness.app.worker.FakeWorkerTest;
import dev.likeness.app.worker.JobWatch;
import dev.likeness.app.worker.WorkerBench;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Jobs whose memory plan fits, does not fit, or turns out too small. */
@FakeWorkerTest
class JobMemoryTests {

    @Autowired
    ApplicationContext context;

    @Autowired
    TestDatabase database;

    @Autowired
    Jobs jobs;

    @Autowired
    FakeEngine engine;

    private WorkerBench bench;

    @BeforeEach
    void setUp() {
        bench = new WorkerBench(context);
    }

    @Test
    void repeatsAJobWithLessMemoryAfterItRanOutOfMemory() {
        engine.onTraining(fail("DefaultCPUAllocator: can't allocate memory: you tried"));
        int opened = engine.opened();
        JobWatch watch = bench.submit(TestJobs.spec(), memory());
        JobWatch next = bench.submit(TestJobs.spec(), memory());

        watch.awaitStatus(TaskStatus.SUCCEEDED);
        Job job = jobs.get(watch.id());
        assertThat(job.attempt()).isEqualTo(2);
        assertThat(job.memoryShortages()).isEqualTo(1);
        assertThat(job.lostWorkers()).isZero();
        assertThat(job.spec().training().gradientCheckpointing()).isTrue();
        assertThat(savings(job)).containsExactly("gradient_checkpointing");
        assertThat(watch.logs().get(0))
                .startsWith(
                        "the worker ran out of memory in phase training: the job continues with less memory (gradient"
                                + " checkpointing");
        next.awaitStatus(TaskStatus.SUCCEEDED);
        assertThat(jobs.get(next.id()).attempt()).isEqualTo(1);
        assertThat(engine.opened()).isGreaterThan(opened);
    }

    @Test
    void failsAJobThatRunsOutOfMemoryASecondTime() {
        OutOfMemoryError failure = new OutOfMemoryError("Java heap space");
        engine.onTraining(fail(failure), fail(failure));
        JobWatch watch = bench.submit(TestJobs.spec(), memory());

        watch.awaitStatus(TaskStatus.FAILED);
        Job job = jobs.get(watch.id());
        assertThat(watch.error()).isEqualTo("out_of_memory");
        assertThat(job.memoryShortages()).isEqualTo(2);
        assertThat(job.error())
                .extracting(Failure::message)
                .asString()
                .startsWith("the worker ran out of memory in phase training again, with a smaller plan; the plan was ")
                .contains(" and a task can use 1099.5 GB on cpu. What helps: ");
        bench.submit(5).awaitStatus(TaskStatus.SUCCEEDED);
    }

    @Test
    void failsAtOnceWhereTheRequestLeavesNothingToChange() {
        engine.onTraining(fail(new OutOfMemoryError("Java heap space")));
        List<String> fixed = List.of("gradient_checkpointing", "batch_of_one", "eight_bit_optimizer", "frozen_text");
        JobWatch watch = bench.submit(TestJobs.spec(), new JobMemory(1, null, null, 16, List.of(), fixed));

        watch.awaitStatus(TaskStatus.FAILED);
        assertThat(watch.error()).isEqualTo("out_of_memory");
        assertThat(watch.attempt()).isEqualTo(1);
        assertThat(jobs.get(watch.id()).spec()).isEqualTo(TestJobs.spec());
    }

    @Test
    void returnsFreeMemoryAfterEachTask() {
        int before = engine.released();

        bench.submit(TestJobs.spec(), memory()).awaitStatus(TaskStatus.SUCCEEDED);

        await().untilAsserted(() -> assertThat(engine.released()).isGreaterThan(before));
    }

    @Test
    void endsATaskAtOnceAlthoughMemoryCannotBeReturned() {
        JobWatch first = bench.submit(TestJobs.spec(), memory());
        first.awaitStatus(TaskStatus.SUCCEEDED);
        await().until(() -> !database.hasTask(first.id()));
        int before = engine.released();
        engine.onRelease(fail("CUDA error: an illegal memory access was encountered"));
        JobWatch watch = bench.submit(TestJobs.spec(), memory());

        watch.awaitStatus(TaskStatus.SUCCEEDED);
        await().until(() -> !database.hasTask(watch.id()));
        assertThat(engine.released()).as("after a single run").isEqualTo(before + 1);
    }

    @Test
    void storesWhyATaskFailedAlthoughItsModelCannotBeReleased() {
        engine.onTraining(fail("no more paint"));
        engine.onRelease(fail("CUDA error: an illegal memory access was encountered"));
        JobWatch watch = bench.submit(TestJobs.spec(), memory());

        watch.awaitStatus(TaskStatus.FAILED);
        assertThat(watch.error()).isEqualTo("internal");
        assertThat(watch.attempt()).isEqualTo(1);
        await().until(() -> !database.hasTask(watch.id()));
    }

    @Test
    void generatesImageByImageAfterABatchRanOutOfMemory() {
        engine.onImage(1, fail("CUDA out of memory. Tried to allocate"));
        JobWatch watch = bench.submit(TestJobs.spec(), memory());

        watch.awaitStatus(TaskStatus.SUCCEEDED);
        assertThat(savings(jobs.get(watch.id()))).containsExactly("single_images");
        assertThat(engine.batches()).containsOnly(1);
    }

    @Test
    void asksAgainWhetherAJobFitsBeforeItStarts() {
        JobWatch roomy = bench.submit(TestJobs.spec(), memory());
        roomy.awaitStatus(TaskStatus.SUCCEEDED);
        JobMemory wanted = Objects.requireNonNull(jobs.get(roomy.id()).memory());
        assertThat(wanted.economies()).isEmpty();
        assertThat(wanted.plannedBytes()).isGreaterThan(1 << 28);

        engine.hasMemory(wanted.plannedBytes() - 2);
        JobWatch watch = bench.submit(TestJobs.spec(), memory());
        watch.awaitStatus(TaskStatus.SUCCEEDED);

        Job job = jobs.get(watch.id());
        JobMemory planned = Objects.requireNonNull(job.memory());
        assertThat(planned.deviceBytes()).isEqualTo(wanted.plannedBytes() - 1);
        assertThat(planned.plannedBytes()).isLessThan(wanted.plannedBytes());
        assertThat(savings(job)).isNotEmpty();
        assertThat(job.memoryShortages()).isZero();
    }

    @Test
    void refusesAJobThatDoesNotFitItsDevice() {
        engine.hasMemory(0);
        JobWatch watch = bench.submit(TestJobs.spec(), memory());

        watch.awaitStatus(TaskStatus.FAILED);
        assertThat(watch.error()).isEqualTo("plan_does_not_fit");
        assertThat(watch.starts()).isZero();
        assertThat(jobs.get(watch.id()).error())
                .extracting(Failure::message)
                .asString()
                .startsWith("the smallest plan needs ")
                .contains("a device on which a task can use ");
    }

    @Test
    void leavesAJobThatDoesNotFitItsDeviceToAWorkerWithMore() {
        engine.hasMemory(0);
        UUID other = database.workers().register("cuda:0", 1L << 40, 0);
        JobWatch watch = bench.submit(TestJobs.spec(), memory());

        await().until(() -> watch.attempt() == 1 && watch.status().equals("queued"));
        assertThat(watch.starts()).isZero();
        assertThat(watch.lostWorkers()).isZero();
        database.workers().delete(other);
    }

    /** Of a job without a memory plan, whose request fixes no setting. */
    private static JobMemory memory() {
        return new JobMemory(1, null, null, 16, List.of(), List.of());
    }

    private static List<String> savings(Job job) {
        return Objects.requireNonNull(job.memory()).economies().stream()
                .map(JobMemory.Saving::name)
                .toList();
    }
}
