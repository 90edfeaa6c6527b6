package dev.likeness.app.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.Uninterruptibles;
import com.zaxxer.hikari.HikariDataSource;
import dev.likeness.app.ApiTest;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.job.Job;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.job.TestJobs;
import dev.likeness.app.job.TestTasks;
import dev.likeness.app.task.ErrorCode;
import dev.likeness.app.task.Failure;
import dev.likeness.app.task.LostTasks;
import dev.likeness.app.task.TaskQueue;
import dev.likeness.app.task.TaskRef;
import dev.likeness.app.task.TaskRef.Kind;
import dev.likeness.app.task.TaskStatus;
import dev.likeness.app.task.TaskTypes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@ApiTest
class QueueTests {

    @Autowired
    TestDatabase database;

    @Autowired
    TaskQueue queue;

    @Autowired
    JobProgress progress;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    ApplicationContext context;

    @Autowired
    HikariDataSource dataSource;

    /** Dead workers are found in less than a second. */
    private final QueueSettings settings =
            new QueueSettings(Duration.ofMillis(50), Duration.ofMillis(200), 4, Duration.ofSeconds(5));

    private final List<QueueConsumer> started = new ArrayList<>();
    private final Set<String> killedForMemory = new HashSet<>();
    private boolean willing = true;
    private TestJobs jobs;
    private QueueConsumers consumers;

    @BeforeEach
    void emptyTheQueue() {
        jobs = new TestJobs(context);
        database.clearQueue();
        consumers = consumers(dataSource);
    }

    @AfterEach
    void stopConsumers() {
        started.forEach(QueueConsumer::stop);
    }

    @Test
    void handsEveryTaskToExactlyOneOfTwoWorkers() {
        List<UUID> done = new CopyOnWriteArrayList<>();
        List<UUID> ids = enqueueJobs(20);

        consumer((task, leaving) -> done(done, task));
        consumer((task, leaving) -> done(done, task));

        await().until(() -> database.tasks() == 0);
        assertThat(done).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void aWorkerThatIsNotWillingTakesNothing() {
        List<UUID> done = new CopyOnWriteArrayList<>();
        enqueueJobs(3);
        willing = false;

        QueueConsumer consumer = consumer((task, leaving) -> done(done, task));

        await().during(Duration.ofMillis(500)).until(() -> database.leasedTasks() == 0);
        assertThat(consumer.isRunning()).isFalse();
        assertThat(done).isEmpty();
    }

    @Test
    void worksOnOneTaskAtATimeAndHoardsNone() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        enqueueJobs(3);

        consumer((task, leaving) -> {
            release.await();
            return TaskHandler.Outcome.DONE;
        });

        await().until(() -> database.leasedTasks() == 1);
        await().during(Duration.ofMillis(500)).until(() -> database.leasedTasks() == 1);
        release.countDown();
        await().until(() -> database.tasks() == 0);
    }

    @Test
    void enqueuesWithTheCallersTransactionOrNotAtAll() {
        TaskRef task = new TaskRef(Kind.JOB, UUID.randomUUID());

        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            queue.enqueue(task);
            status.setRollbackOnly();
        });
        assertThat(database.tasks()).isZero();

        new TransactionTemplate(transactions).executeWithoutResult(status -> queue.enqueue(task));
        assertThat(database.tasks()).isEqualTo(1);
    }

    @Test
    void removesAWaitingTaskAndLeavesALeasedOneAlone() throws Exception {
        TaskRef task = new TaskRef(Kind.JOB, UUID.randomUUID());
        queue.enqueue(task);
        queue.remove(task);
        queue.remove(task);
        assertThat(database.tasks()).isZero();

        queue.enqueue(task);
        CountDownLatch release = new CountDownLatch(1);
        consumer((each, leaving) -> {
            release.await();
            return TaskHandler.Outcome.DONE;
        });
        await().until(() -> database.leasedTasks() == 1);
        queue.remove(task);
        assertThat(database.tasks()).isEqualTo(1);
        release.countDown();
    }

    @Test
    void leavesATaskAloneThatIsLeasedAtTheSameMoment() throws Exception {
        TaskRef task = new TaskRef(Kind.JOB, UUID.randomUUID());
        queue.enqueue(task);
        CompletableFuture<Integer> canceled = new CompletableFuture<>();

        transaction().executeWithoutResult(status -> {
            database.leaseAll("it");
            canceled.completeAsync(() -> transaction().execute(other -> {
                queue.remove(task);
                // What else the caller's transaction does is not lost.
                return database.one();
            }));
            awaitAnotherThatWaits();
        });

        assertThat(canceled.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(database.leasedTasks()).isEqualTo(1);
    }

    @Test
    void cancelsAndDeletesAtWhateverMomentAWorkerTakesTheTask() throws Exception {
        cancelsAndDeletes(400);
    }

    @Test
    @Tag("load")
    void cancelsAndDeletesTwoThousandTasks() throws Exception {
        cancelsAndDeletes(2_000);
    }

    private void cancelsAndDeletes(int calls) throws Exception {
        database.clear("evaluation", "caption_task", "job");
        TestTasks tasks = new TestTasks(context);
        consumer((task, leaving) -> TaskHandler.Outcome.DONE);
        int clients = 4;
        List<CompletableFuture<Void>> done = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            SplittableRandom random = new SplittableRandom(client);
            done.add(CompletableFuture.runAsync(() -> {
                for (int call = 0; call < calls / clients; call++) {
                    Kind kind = Kind.values()[call % Kind.values().length];
                    TaskRef task = tasks.submit(kind);
                    LockSupport.parkNanos(random.nextLong(4_000_000));
                    if ((kind == Kind.JOB || kind == Kind.EVALUATION) && random.nextBoolean()) {
                        tasks.delete(task);
                    } else {
                        assertThat(tasks.cancel(task)).isEqualTo(TaskStatus.CANCELED);
                    }
                }
            }));
        }
        CompletableFuture.allOf(done.toArray(CompletableFuture[]::new)).get(5, TimeUnit.MINUTES);

        assertThat(tasks.waiting()).isZero();
        await().until(() -> database.tasks() == 0);
    }

    @Test
    void letsTwoTransactionsEnqueueATaskAtOnce() throws Exception {
        TaskRef task = new TaskRef(Kind.JOB, UUID.randomUUID());

        assertThat(enqueueWhileAnotherDoes(task, queue::enqueue, false)).isEqualTo(1);
        assertThat(database.tasks()).isEqualTo(1);
    }

    @Test
    void letsATransactionEnqueueATaskThatIsBeingRestored() throws Exception {
        TaskRef task = new TaskRef(Kind.JOB, UUID.randomUUID());

        assertThat(enqueueWhileAnotherDoes(task, it -> queue.restore(it, Instant.now()), false))
                .isEqualTo(1);
        assertThat(database.tasks()).isEqualTo(1);
    }

    @Test
    void enqueuesATaskThatAnotherTransactionHasEnqueuedInVain() throws Exception {
        TaskRef task = new TaskRef(Kind.JOB, UUID.randomUUID());

        assertThat(enqueueWhileAnotherDoes(task, queue::enqueue, true)).isEqualTo(1);
        assertThat(database.tasks()).isEqualTo(1);
    }

    /** @return what the second transaction reads after it has enqueued the task */
    private int enqueueWhileAnotherDoes(TaskRef task, Consumer<TaskRef> other, boolean inVain) throws Exception {
        CompletableFuture<Integer> second = new CompletableFuture<>();
        transaction().executeWithoutResult(status -> {
            other.accept(task);
            second.completeAsync(() -> transaction().execute(mine -> {
                queue.enqueue(task);
                return database.one();
            }));
            awaitAnotherThatWaits();
            if (inVain) {
                status.setRollbackOnly();
            }
        });
        return second.get(10, TimeUnit.SECONDS);
    }

    private void awaitAnotherThatWaits() {
        await().until(() -> database.blockedTransactions() == 1);
    }

    private TransactionTemplate transaction() {
        return new TransactionTemplate(transactions);
    }

    @Test
    void takesOneAtATimeHoweverTheDatabasePlansThat() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Set<UUID> once = ConcurrentHashMap.newKeySet();
        AtomicInteger most = new AtomicInteger();
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            TaskRef task = new TaskRef(Kind.GENERATION, UUID.randomUUID());
            queue.enqueue(task);
            ids.add(task.id());
        }
        try (HikariDataSource looping = loopingDatabase()) {
            QueueConsumers looped = consumers(looping);
            QueueConsumer consumer = looped.create(
                    UUID.randomUUID(),
                    (task, leaving) -> {
                        calls.incrementAndGet();
                        once.add(task.id());
                        most.accumulateAndGet(database.leasedTasks(), Math::max);
                        return TaskHandler.Outcome.DONE;
                    },
                    Thread::new,
                    killedForMemory::contains,
                    () -> true);
            consumer.start();
            await().atMost(Duration.ofSeconds(60)).until(() -> database.tasks() == 0);
            consumer.stop();
        }

        assertThat(most).as("executions that the worker has at once").hasValue(1);
        assertThat(once).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(calls).hasValue(500);
    }

    private QueueConsumers consumers(HikariDataSource of) {
        return new QueueConsumers(
                of,
                settings,
                context.getBean(TaskTypes.class),
                context.getBean(LostTasks.class),
                transactions,
                context.getBean(TaskObservations.class),
                Clock.systemUTC());
    }

    /** One that joins by nested loops, as PostgreSQL may do whenever it takes the tables for small. */
    private HikariDataSource loopingDatabase() {
        HikariDataSource looping = new HikariDataSource();
        looping.setJdbcUrl(dataSource.getJdbcUrl());
        looping.setUsername(dataSource.getUsername());
        looping.setPassword(dataSource.getPassword());
        looping.setMaximumPoolSize(4);
        looping.setConnectionInitSql(
                "set enable_hashjoin = off; set enable_mergejoin = off; set enable_hashagg = off; set enable_sort = off;"
                        + " set enable_material = off");
        return looping;
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
        await().until(() -> database.isLeased(id));

        // Longer than a worker has to be silent to count as dead.
        await().during(Duration.ofSeconds(2))
                .until(() -> database.isLeased(id) && jobs.get(id).lostWorkers() == 0);
        begin.countDown();

        await().until(() -> database.tasks() == 0);
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

        await().until(() -> database.tasks() == 0);
        assertThat(done).containsExactly(id);
    }

    @Test
    void takesGenerationsBeforeJobs() {
        List<Kind> order = new CopyOnWriteArrayList<>();
        enqueueJobs(2);
        queue.enqueue(new TaskRef(Kind.GENERATION, UUID.randomUUID()));

        consumer((task, leaving) -> {
            order.add(task.kind());
            return TaskHandler.Outcome.DONE;
        });

        await().until(() -> database.tasks() == 0);
        assertThat(order).containsExactly(Kind.GENERATION, Kind.JOB, Kind.JOB);
    }

    @Test
    void keepsThePlaceOfATaskThatIsGivenBackByALeavingWorker() throws Exception {
        List<UUID> ids = enqueueJobs(2);
        CountDownLatch begun = new CountDownLatch(1);
        QueueConsumer leaver = consumer((task, leaving) -> {
            begun.countDown();
            await().until(leaving::getAsBoolean);
            return TaskHandler.Outcome.GIVEN_BACK;
        });
        begun.await();

        leaver.stop();
        assertThat(database.tasks()).isEqualTo(2);

        List<UUID> order = new CopyOnWriteArrayList<>();
        consumer((task, leaving) -> done(order, task));
        await().until(() -> database.tasks() == 0);
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
        await().until(() -> !database.isLeased(first));
        assertThat(database.due(first)).isEqualTo(place);
        assertThat(jobs.get(first).status()).isEqualTo(TaskStatus.QUEUED);
        assertThat(jobs.get(first).lostWorkers()).isEqualTo(1);

        UUID third = job();
        rescued.countDown();
        await().until(() -> database.tasks() == 0);
        assertThat(order).containsExactly(second, first, third);
    }

    @Test
    void leavesATaskThatIsNotItsOwnToWhoeverFindsItDead() {
        UUID id = job();
        AtomicInteger runs = new AtomicInteger();
        consumer((task, leaving) ->
                runs.incrementAndGet() == 1 ? TaskHandler.Outcome.NOT_OURS : TaskHandler.Outcome.DONE);

        await().until(() -> database.tasks() == 0);
        assertThat(runs).hasValue(2);
        assertThat(jobs.get(id).lostWorkers()).isZero();
    }

    @Test
    void doesNotCountAWorkerAsLostThatWasKilledForMemory() {
        UUID id = job();
        killedForMemory.add("dead");
        dies(id);

        consumer((task, leaving) -> TaskHandler.Outcome.DONE);

        await().until(() -> database.tasks() == 0);
        Job job = jobs.get(id);
        assertThat(job.lostWorkers()).isZero();
        assertThat(job.memoryShortages()).isEqualTo(1);
        // Nothing is known of what it takes, so there is nothing smaller either.
        assertThat(job.error()).extracting(Failure::code).isEqualTo(ErrorCode.OUT_OF_MEMORY);
    }

    @Test
    void leavesATaskThatIsNotForThisWorkerToOthersForAWhile() {
        UUID large = job();
        List<UUID> order = new CopyOnWriteArrayList<>();
        CountDownLatch looked = new CountDownLatch(1);
        consumer((task, leaving) -> {
            order.add(task.id());
            looked.countDown();
            return task.id().equals(large) ? TaskHandler.Outcome.PASSED_ON : TaskHandler.Outcome.DONE;
        });

        await().until(() -> looked.getCount() == 0 && !database.isLeased(large));
        UUID small = job();
        await().until(() -> database.tasks() == 1);

        assertThat(order).containsExactly(large, small);
        assertThat(database.due(large)).isAfter(Instant.now());
    }

    @Test
    void failsAJobThatLosesItsThirdWorker() {
        UUID id = job();
        database.jobs().loseWorkers(id, 2);
        dies(id);

        List<UUID> done = new CopyOnWriteArrayList<>();
        consumer((task, leaving) -> done(done, task));

        await().until(() -> database.tasks() == 0);
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

        await().until(() -> runs.get() > 0);
        await().during(Duration.ofSeconds(1)).until(() -> runs.get() == 1);
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
        await().until(() -> runs.get() == 1);

        await().during(Duration.ofSeconds(2))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    database.silenceWorkers();
                    return jobs.get(id).lostWorkers() == 0 && runs.get() == 1;
                });
        release.countDown();
    }

    @Test
    void neverDeletesWhatItDoesNotKnow() {
        database.enqueueUnknownKind();
        List<UUID> done = new CopyOnWriteArrayList<>();
        List<UUID> ids = enqueueJobs(1);
        consumer((task, leaving) -> done(done, task));
        await().until(() -> done.equals(ids));

        // Several rounds of the housekeeping that would delete it.
        await().during(Duration.ofSeconds(2)).until(() -> database.tasks() == 1);
    }

    @Test
    void triesAgainWhenTheSurroundingsFailed() {
        enqueueJobs(1);
        AtomicInteger runs = new AtomicInteger();
        consumer((task, leaving) -> {
            if (runs.incrementAndGet() == 1) {
                throw new IllegalStateException("the database is away");
            }
            return TaskHandler.Outcome.DONE;
        });

        await().atMost(Duration.ofSeconds(20)).until(() -> database.tasks() == 0);
        assertThat(runs).hasValue(2);
    }

    private QueueConsumer consumer(Work work) {
        QueueConsumer consumer = consumers.create(
                UUID.randomUUID(),
                (task, leaving) -> {
                    try {
                        return work.handle(task, leaving);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                Thread::new,
                killedForMemory::contains,
                () -> willing);
        consumer.start();
        started.add(consumer);
        return consumer;
    }

    private static TaskHandler.Outcome done(List<UUID> done, TaskRef task) {
        done.add(task.id());
        return TaskHandler.Outcome.DONE;
    }

    private List<UUID> enqueueJobs(int count) {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            UUID id = UUID.randomUUID();
            queue.enqueue(new TaskRef(Kind.JOB, id));
            ids.add(id);
        }
        return ids;
    }

    private UUID job() {
        UUID id = jobs.job();
        queue.enqueue(new TaskRef(Kind.JOB, id));
        return id;
    }

    /** A worker leases the job and dies. */
    private void dies(UUID id) {
        progress.start(progress.lease(id).orElseThrow().lease());
        database.leaseSilently(id, "dead");
    }

    private interface Work {
        TaskHandler.Outcome handle(TaskRef task, BooleanSupplier leaving) throws InterruptedException;
    }
}
