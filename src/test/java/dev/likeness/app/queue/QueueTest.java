package dev.likeness.app.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.likeness.app.ApiTest;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.job.TestJobs;
import dev.likeness.app.notification.Notifications;
import dev.likeness.app.queue.DeadWorkers.Rescue;
import dev.likeness.app.task.LostTasks;
import dev.likeness.app.task.TaskQueue;
import dev.likeness.app.task.TaskRef;
import dev.likeness.app.task.TaskRef.Kind;
import dev.likeness.app.task.TaskTypes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Consumers of an empty queue, which find dead workers in less than a second. */
@ApiTest
abstract class QueueTest {

    @Autowired
    TestDatabase database;

    @Autowired
    TaskQueue queue;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    ApplicationContext context;

    @Autowired
    HikariDataSource dataSource;

    /** Dead workers are found in less than a second. Tasks are found by notifications only, unless those do not arrive. */
    QueueSettings settings = new QueueSettings(
            Duration.ofMillis(50), Duration.ofHours(1), Duration.ofMillis(200), 4, Duration.ofSeconds(5));

    final List<QueueConsumer> started = new ArrayList<>();

    final Set<String> killedForMemory = new HashSet<>();

    /** Tasks that a consumer of {@link #consumer} works on. */
    private final Set<UUID> working = ConcurrentHashMap.newKeySet();

    boolean willing = true;

    Clock clock;

    TestJobs jobs;

    QueueConsumers consumers;

    @BeforeEach
    void emptyTheQueue() {
        jobs = new TestJobs(context);
        clock = context.getBean(Clock.class);
        database.endWaitingTasks();
        database.clearQueue();
        consumers = consumers(dataSource);
    }

    @AfterEach
    void stopConsumers() {
        started.forEach(QueueConsumer::stop);
        if (clock instanceof HeldClock held) {
            held.close();
        }
    }

    /** Lets no time pass for consumers while a heartbeat is late, so that none seems dead however busy the machine is. */
    void waitForHeartbeats() {
        clock = new HeldClock(() -> database.lateHeartbeats(working, clock.instant(), settings.heartbeat()) == 0);
        consumers = consumers(dataSource);
    }

    /** Checks something again and again, for a time by the consumers' clock. */
    void throughout(Duration time, ThrowingRunnable check) {
        Instant end = clock.instant().plus(time);
        patiently().untilAsserted(() -> {
            try {
                check.run();
            } catch (AssertionError e) {
                throw new IllegalStateException(e);
            }
            assertThat(clock.instant()).isAfter(end);
        });
    }

    static ConditionFactory patiently() {
        return await().atMost(Duration.ofMinutes(1));
    }

    QueueConsumers consumers(HikariDataSource of) {
        return new QueueConsumers(
                of,
                settings,
                context.getBean(TaskTypes.class),
                new Rescue(
                        JdbcClient.create(of), new TransactionTemplate(transactions), context.getBean(LostTasks.class)),
                context.getBean(TaskObservations.class),
                context.getBean(Notifications.class),
                clock);
    }

    QueueConsumer consumer(Work work) {
        QueueConsumer consumer = consumers.create(
                UUID.randomUUID(),
                (task, leaving) -> {
                    working.add(task.id());
                    try {
                        return work.handle(task, leaving);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    } finally {
                        working.remove(task.id());
                    }
                },
                Thread::new,
                killedForMemory::contains,
                () -> willing);
        consumer.start();
        started.add(consumer);
        return consumer;
    }

    static TaskHandler.Outcome done(List<UUID> done, TaskRef task) {
        done.add(task.id());
        return TaskHandler.Outcome.DONE;
    }

    List<UUID> enqueueJobs(int count) {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            UUID id = UUID.randomUUID();
            queue.enqueue(new TaskRef(Kind.JOB, id));
            ids.add(id);
        }
        return ids;
    }

    UUID job() {
        UUID id = jobs.job();
        queue.enqueue(new TaskRef(Kind.JOB, id));
        return id;
    }

    interface Work {
        TaskHandler.Outcome handle(TaskRef task, BooleanSupplier leaving) throws InterruptedException;
    }
}
