package dev.likeness.app.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.likeness.app.job.Job;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.task.ErrorCode;
import dev.likeness.app.task.Failure;
import dev.likeness.app.task.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What happens to the tasks of workers that die, leave or only seem dead. */
class LostWorkerTests extends QueueTest {

    @Autowired
    JobProgress progress;

    @BeforeEach
    void useAClockThatWaits() {
        waitForHeartbeats();
    }

    @Test
    void doesNotTakeForDeadWhatItHasTakenAndNotBegun() {
        CountDownLatch begin = new CountDownLatch(1);
        UUID id = job();
        AtomicInteger runs = new AtomicInteger();
        QueueConsumer consumer = consumers.create(
                UUID.randomUUID(),
                (task, leaving) -> {
                    runs.incrementAndGet();
                    return TaskHandler.Outcome.DONE;
                },
                work -> new Thread(() -> {
                    Uninterruptibles.awaitUninterruptibly(begin);
                    work.run();
                }),
                killedForMemory::contains,
                () -> true);
        consumer.start();
        started.add(consumer);
        patiently().until(() -> database.isLeased(id));

        // Longer than a worker has to be silent to count as dead.
        throughout(Duration.ofSeconds(2), () -> {
            assertThat(database.isLeased(id)).isTrue();
            assertThat(jobs.get(id).lostWorkers()).isZero();
        });
        begin.countDown();

        patiently().until(() -> database.tasks() == 0);
        assertThat(runs).hasValue(1);
    }

    @Test
    void rescuesWhatItHasTakenWithoutLearningOfIt() {
        UUID id = job();
        UUID worker = UUID.randomUUID();
        database.leaseSilently(id, worker.toString());
        List<UUID> done = new CopyOnWriteArrayList<>();

        QueueConsumer consumer = consumers.create(
                worker, (task, leaving) -> done(done, task), Thread::new, killedForMemory::contains, () -> true);
        consumer.start();
        started.add(consumer);

        patiently().until(() -> database.tasks() == 0);
        assertThat(done).containsExactly(id);
    }

    @Test
    void keepsThePlaceOfATaskThatIsGivenBackByALeavingWorker() throws Exception {
        List<UUID> ids = enqueueJobs(2);
        CountDownLatch begun = new CountDownLatch(1);
        QueueConsumer leaver = consumer((task, leaving) -> {
            begun.countDown();
            patiently().until(leaving::getAsBoolean);
            return TaskHandler.Outcome.GIVEN_BACK;
        });
        begun.await();

        leaver.stop();
        assertThat(database.tasks()).isEqualTo(2);

        List<UUID> order = new CopyOnWriteArrayList<>();
        consumer((task, leaving) -> done(order, task));
        patiently().until(() -> database.tasks() == 0);
        assertThat(order).isEqualTo(ids);
    }

    @Test
    void rescuesTheTaskOfADeadWorkerAtThePlaceItHad() {
        UUID first = job();
        Instant place = database.due(first);
        UUID second = job();
        dies(first);

        List<UUID> order = new CopyOnWriteArrayList<>();
        CountDownLatch rescued = new CountDownLatch(1);
        consumer((task, leaving) -> {
            // The second task comes at once. Hold it until the first one is rescued.
            if (task.id().equals(second)) {
                rescued.await();
            }
            return done(order, task);
        });
        patiently().until(() -> !database.isLeased(first));
        assertThat(database.due(first)).isEqualTo(place);
        assertThat(jobs.get(first).status()).isEqualTo(TaskStatus.QUEUED);
        assertThat(jobs.get(first).lostWorkers()).isEqualTo(1);

        UUID third = job();
        rescued.countDown();
        patiently().until(() -> database.tasks() == 0);
        assertThat(order).containsExactly(second, first, third);
    }

    @Test
    void leavesATaskOfAnotherWorkerToTheOneThatFindsItDead() {
        UUID id = job();
        AtomicInteger runs = new AtomicInteger();
        consumer((task, leaving) ->
                runs.incrementAndGet() == 1 ? TaskHandler.Outcome.NOT_OURS : TaskHandler.Outcome.DONE);

        patiently().until(() -> database.tasks() == 0);
        assertThat(runs).hasValue(2);
        assertThat(jobs.get(id).lostWorkers()).isZero();
    }

    @Test
    void doesNotCountAWorkerAsLostThatWasKilledForMemory() {
        UUID id = job();
        killedForMemory.add("dead");
        dies(id);

        consumer((task, leaving) -> TaskHandler.Outcome.DONE);

        patiently().until(() -> database.tasks() == 0);
        Job job = jobs.get(id);
        assertThat(job.lostWorkers()).isZero();
        assertThat(job.memoryShortages()).isEqualTo(1);
        // Nothing is known of what it takes, so there is nothing smaller either.
        assertThat(job.error()).extracting(Failure::code).isEqualTo(ErrorCode.OUT_OF_MEMORY);
    }

    @Test
    void failsAJobThatLosesItsThirdWorker() {
        UUID id = job();
        database.jobs().loseWorkers(id, 2);
        dies(id);

        List<UUID> done = new CopyOnWriteArrayList<>();
        consumer((task, leaving) -> done(done, task));

        patiently().until(() -> database.tasks() == 0);
        Job job = jobs.get(id);
        assertThat(job.status()).isEqualTo(TaskStatus.FAILED);
        assertThat(job.error()).extracting(Failure::code).isEqualTo(ErrorCode.WORKER_LOST);
        assertThat(done).isEmpty();
    }

    @Test
    void countsALostWorkerOnceHoweverManyOthersNotice() {
        UUID id = job();
        dies(id);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger runs = new AtomicInteger();
        Work work = (task, leaving) -> {
            runs.incrementAndGet();
            progress.start(progress.lease(id).orElseThrow().lease());
            release.await();
            return TaskHandler.Outcome.DONE;
        };
        consumer(work);
        consumer(work);
        consumer(work);

        patiently().until(() -> runs.get() > 0);
        throughout(Duration.ofSeconds(1), () -> assertThat(runs).hasValue(1));
        assertThat(jobs.get(id).lostWorkers()).isEqualTo(1);
        release.countDown();
    }

    @Test
    void doesNotTakeItsOwnTaskForADeadOnesAfterAnOutage() {
        UUID id = job();
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger runs = new AtomicInteger();
        consumer((task, leaving) -> {
            runs.incrementAndGet();
            progress.start(progress.lease(id).orElseThrow().lease());
            release.await();
            return TaskHandler.Outcome.DONE;
        });
        patiently().until(() -> runs.get() == 1);

        throughout(Duration.ofSeconds(2), () -> {
            database.silenceWorkers();
            assertThat(jobs.get(id).lostWorkers()).isZero();
            assertThat(runs).hasValue(1);
        });
        release.countDown();
    }

    /** A worker leases the job and dies. */
    private void dies(UUID id) {
        progress.start(progress.lease(id).orElseThrow().lease());
        database.leaseSilently(id, "dead");
    }
}
