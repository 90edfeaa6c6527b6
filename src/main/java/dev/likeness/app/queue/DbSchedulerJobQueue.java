package dev.likeness.app.queue;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import dev.likeness.app.job.JobQueue;
import dev.likeness.app.job.JobTask;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.stereotype.Component;

/**
 * Puts tasks into db-scheduler's table, in the caller's transaction. It does no more than write: whoever only enqueues
 * has no scheduler, and so none that could delete executions it does not know.
 */
@Component
class DbSchedulerJobQueue implements JobQueue {

    private static final Logger log = LoggerFactory.getLogger(DbSchedulerJobQueue.class);

    private final SchedulerClient client;
    private final TaskObservations observations;
    private final Clock clock;

    DbSchedulerJobQueue(DataSource dataSource, TaskObservations observations, Clock clock) {
        this.client = SchedulerClient.Builder.create(new TransactionAwareDataSourceProxy(dataSource), List.of())
                .serializer(new TaskOriginSerializer())
                .enablePriority()
                .build();
        this.observations = observations;
        this.clock = clock;
    }

    @Override
    public void enqueue(JobTask task) {
        observations.enqueue(
                task, origin -> client.scheduleIfNotExists(TaskNames.instance(task, origin), clock.instant()));
    }

    @Override
    public void restore(JobTask task, Instant submitted) {
        if (client.scheduleIfNotExists(TaskNames.instance(task, null), submitted)) {
            log.warn("{} had fallen out of the queue", task);
        }
    }

    @Override
    public void remove(JobTask task) {
        try {
            client.cancel(TaskNames.id(task));
        } catch (TaskInstanceNotFoundException e) {
            log.debug("{} is not in the queue", task);
        } catch (TaskInstanceCurrentlyExecutingException e) {
            // Its worker finds out from the task's own row.
            log.debug("{} has just been leased", task);
        }
    }
}
