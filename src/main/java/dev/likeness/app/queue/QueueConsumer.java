package dev.likeness.app.queue;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.likeness.app.notification.Channel;
import dev.likeness.app.notification.Notifications;
import dev.likeness.app.queue.DeadWorkers.Rescue;
import dev.likeness.app.task.LostTasks;
import dev.likeness.app.task.TaskRef;
import dev.likeness.app.task.TaskTypes;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Runs one task after the other from the queue. Among the parts of a worker it starts last and stops first. */
public final class QueueConsumer implements SmartLifecycle {

    /** Delay of a task that failed because of its surroundings, or that waits for another worker. */
    private static final Duration RETRY = Duration.ofSeconds(5);

    /** Unknown kinds of task belong to another version and must not be deleted. The default is two weeks. */
    private static final Duration NEVER = Duration.ofDays(365 * 1_000);

    private final BooleanSupplier willing;
    private final TaskHandler handler;
    private final Clock clock;
    private final TaskTypes types;
    private final LostTasks tasks;
    private final TaskObservations observations;
    private final DuePick pick;
    private final Scheduler scheduler;
    private final Notifications notifications;
    private final TaskWatch watch;
    private Notifications.@Nullable Subscription subscription;
    private volatile boolean leaving;
    private volatile boolean running;

    QueueConsumer(
            UUID worker,
            TaskHandler handler,
            ThreadFactory threads,
            Predicate<String> killedForMemory,
            BooleanSupplier willing,
            Surroundings surroundings) {
        this.willing = willing;
        this.handler = handler;
        this.clock = surroundings.clock();
        this.types = surroundings.types();
        this.tasks = surroundings.rescue().tasks();
        this.observations = surroundings.observations();
        this.pick = new DuePick(
                worker.toString(),
                Arrays.stream(TaskRef.Kind.values()).map(TaskNames::of).toList());
        this.scheduler = scheduler(worker, threads, killedForMemory, surroundings);
        this.notifications = surroundings.notifications();
        this.watch = new TaskWatch(
                scheduler::triggerCheckForDueExecutions, surroundings.settings().pollingInterval(), clock);
    }

    private Scheduler scheduler(
            UUID worker, ThreadFactory threads, Predicate<String> killedForMemory, Surroundings surroundings) {
        QueueSettings settings = surroundings.settings();
        DatabaseVisibility visibility =
                new DatabaseVisibility(settings.silence(), settings.heartbeat().multipliedBy(2), clock);
        DeadWorkers dead = new DeadWorkers(visibility, this::runsHere, killedForMemory, surroundings.rescue());
        List<Task<?>> tasks = Arrays.stream(TaskRef.Kind.values())
                .<Task<?>>map(kind -> task(kind, dead))
                .toList();
        return Scheduler.create(surroundings.dataSource(), tasks)
                .schedulerName(new SchedulerName.Fixed(worker.toString()))
                .threads(1)
                .executorService(Executors.newFixedThreadPool(1, threads))
                .pollingInterval(settings.safetyInterval())
                // One at a time and without prefetching, because another worker may be idle.
                .pollUsingLockAndFetch(0.5, 1.0)
                .jdbcCustomization(pick)
                .serializer(new TaskOriginSerializer())
                .enablePriority()
                .heartbeatInterval(settings.heartbeat())
                .missedHeartbeatsLimit(settings.missedHeartbeats())
                .deleteUnresolvedAfter(NEVER)
                .shutdownMaxWait(settings.drain())
                .addSchedulerListener(visibility)
                .clock(clock::instant)
                .build();
    }

    private Task<TaskOrigin> task(TaskRef.Kind kind, DeadWorkers dead) {
        return Tasks.custom(TaskNames.of(kind), TaskOrigin.class)
                .onDeadExecution(dead)
                .onFailure((complete, operations) ->
                        operations.reschedule(complete, clock.instant().plus(RETRY)))
                .execute(this::handle);
    }

    private CompletionHandler<TaskOrigin> handle(TaskInstance<TaskOrigin> instance, ExecutionContext context) {
        TaskRef task = TaskNames.task(instance);
        TaskHandler.Outcome outcome =
                observations.work(task, instance.getData(), () -> handler.handle(task, () -> leaving));
        return switch (outcome) {
            case DONE, FAILED -> (complete, operations) -> remove(instance, operations);
            case GIVEN_BACK ->
                (complete, operations) -> operations.reschedule(complete, complete.getExecution().executionTime);
            case PASSED_ON ->
                (complete, operations) ->
                        operations.reschedule(complete, clock.instant().plus(RETRY));
            // The heartbeats end here. If no other worker has the execution, DeadWorkers rescues it.
            case NOT_OURS -> (complete, operations) -> {};
        };
    }

    /** While the execution existed, the task could not be queued again. */
    private void remove(TaskInstance<TaskOrigin> instance, ExecutionOperations<TaskOrigin> operations) {
        operations.remove();
        TaskRef task = TaskNames.task(instance);
        if (tasks.waitsAgain(task)) {
            scheduler.scheduleIfNotExists(
                    TaskNames.instance(types.of(task.kind()), task.id(), instance.getData()), clock.instant());
        }
    }

    /** Includes an execution that was only picked, because its heartbeats are this process's own. */
    private boolean runsHere(Execution execution) {
        return pick.isLatest(execution)
                || scheduler.getCurrentlyExecuting().stream()
                        .anyMatch(each -> each.getTaskInstance().equals(execution.taskInstance));
    }

    @Override
    public void start() {
        if (willing.getAsBoolean()) {
            scheduler.start();
            subscription = notifications.subscribe(Channel.TASKS, watch);
            running = true;
        }
    }

    /** Makes the current task return to the queue. Returns after that, or after a timeout. */
    @Override
    public void stop() {
        leaving = true;
        if (subscription != null) {
            subscription.close();
        }
        watch.close();
        scheduler.stop();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** A stopped scheduler cannot be restarted. */
    @Override
    public boolean isPauseable() {
        return false;
    }

    /** The parts of the process that a consumer needs. */
    record Surroundings(
            DataSource dataSource,
            QueueSettings settings,
            TaskTypes types,
            Rescue rescue,
            TaskObservations observations,
            Notifications notifications,
            Clock clock) {}
}
