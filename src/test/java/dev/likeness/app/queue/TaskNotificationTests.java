package dev.likeness.app.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.notification.Channel;
import dev.likeness.app.notification.Notifications;
import dev.likeness.app.notification.Subscriber;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Idle workers that do not look for tasks at intervals. */
class TaskNotificationTests extends QueueTest {

    private final List<UUID> done = new CopyOnWriteArrayList<>();
    private final List<Boolean> arriving = new CopyOnWriteArrayList<>();

    @Autowired
    Notifications notifications;

    @BeforeEach
    void startAnIdleWorker() {
        settings = new QueueSettings(
                Duration.ofHours(1), Duration.ofHours(1), Duration.ofMillis(200), 4, Duration.ofSeconds(5));
        consumers = consumers(dataSource);
        notifications.subscribe(Channel.TASKS, new Subscriber() {
            @Override
            public void notified(String payload) {}

            @Override
            public void arriving(boolean now) {
                arriving.add(now);
            }
        });
        await().until(() -> arriving.contains(true));
    }

    @Test
    void leaseATaskThatIsEnqueued() {
        consumer((task, leaving) -> done(done, task));
        for (int i = 0; i < 3; i++) {
            List<UUID> ids = enqueueJobs(1);
            await().until(() -> done.containsAll(ids));
        }
    }

    @Test
    void leaseATaskThatAnotherWorkerGivesBack() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        QueueConsumer leaver = consumer((task, leaving) -> {
            begun.countDown();
            await().until(leaving::getAsBoolean);
            return TaskHandler.Outcome.GIVEN_BACK;
        });
        List<UUID> ids = enqueueJobs(1);
        begun.await();
        consumer((task, leaving) -> done(done, task));

        leaver.stop();

        await().until(() -> done.equals(ids));
    }

    @Test
    void leaseATaskAgainAsSoonAsItsDelayHasPassed() {
        AtomicInteger runs = new AtomicInteger();
        consumer((task, leaving) -> {
            if (runs.incrementAndGet() == 1) {
                return TaskHandler.Outcome.PASSED_ON;
            }
            return done(done, task);
        });
        List<UUID> ids = enqueueJobs(1);

        await().atMost(Duration.ofSeconds(20)).until(() -> done.equals(ids));
    }

    @Test
    void missNothingWhileTheConnectionForNotificationsIsLost() {
        consumer((task, leaving) -> done(done, task));

        database.endListeningConnections();
        List<UUID> ids = enqueueJobs(3);

        await().until(() -> done.containsAll(ids));
        assertThat(arriving).contains(false);
        List<UUID> later = enqueueJobs(1);
        await().until(() -> done.containsAll(later));
    }
}
