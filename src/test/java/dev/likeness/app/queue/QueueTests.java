package dev.likeness.app.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.likeness.app.task.TaskRef;
import dev.likeness.app.task.TaskRef.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Which worker takes which task. */
class QueueTests extends QueueTest {

    @Test
    void handsEveryTaskToExactlyOneOfTwoWorkers() {
        waitForHeartbeats();
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
}
