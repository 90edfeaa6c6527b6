package dev.likeness.app.queue;

import dev.likeness.app.notification.Notifications;
import dev.likeness.app.queue.DeadWorkers.Rescue;
import dev.likeness.app.task.TaskTypes;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/** Creates the consumer of a worker process. An API process has none. */
@Component
public class QueueConsumers {

    private final QueueConsumer.Surroundings surroundings;

    QueueConsumers(
            DataSource dataSource,
            QueueSettings settings,
            TaskTypes types,
            Rescue rescue,
            TaskObservations observations,
            Notifications notifications,
            Clock clock) {
        this.surroundings =
                new QueueConsumer.Surroundings(dataSource, settings, types, rescue, observations, notifications, clock);
    }

    /**
     * @param worker name beside the tasks that it has leased
     * @param threads creates the single thread of the handler
     * @param killedForMemory whether the kernel has killed a worker, given by its id, for lack of memory
     * @param willing whether the worker takes tasks, called after all other parts have started
     */
    public QueueConsumer create(
            UUID worker,
            TaskHandler handler,
            ThreadFactory threads,
            Predicate<String> killedForMemory,
            BooleanSupplier willing) {
        return new QueueConsumer(worker, handler, threads, killedForMemory, willing, surroundings);
    }
}
