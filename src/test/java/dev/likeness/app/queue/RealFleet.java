package dev.likeness.app.queue;

import static org.awaitility.Awaitility.await;

import dev.likeness.app.job.JobProgress;
import dev.likeness.app.task.Lease;
import dev.likeness.app.task.TaskRef;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Real workers, all in this process, that only wait where others compute. */
final class RealFleet {

    /** Short jobs, so that a short run has many of them. */
    static final Workload WORKLOAD = new Workload(64, 1.2, 10, 0.25, 0.25, 1e9, 1e9, 1e9, 0);

    private static final Duration SETTLE = Duration.ofSeconds(10);
    private static final Duration RUN = Duration.ofSeconds(30);

    private final JdbcClient jdbc;
    private final QueueWork work;
    private final QueueConsumers consumers;
    private final JobProgress progress;
    private final ServerMeter meter;
    private final AtomicInteger done = new AtomicInteger();

    RealFleet(JdbcClient jdbc, QueueWork work, QueueConsumers consumers, JobProgress progress, ServerMeter meter) {
        this.jdbc = jdbc;
        this.work = work;
        this.consumers = consumers;
        this.progress = progress;
        this.meter = meter;
    }

    /** Lets them all work, with enough jobs for each. */
    Measured run(UUID subject) {
        jdbc.sql("truncate scheduled_tasks").update();
        int jobs = (int) (WORKLOAD.workers() * (SETTLE.plus(RUN).toSeconds() / WORKLOAD.jobSeconds() + 2));
        for (int i = 0; i < jobs; i++) {
            work.submit(subject);
        }
        List<QueueConsumer> workers = Stream.generate(
                        () -> consumers.create(UUID.randomUUID(), this::handle, Thread::new, it -> false, () -> true))
                .limit(WORKLOAD.workers())
                .toList();
        try {
            workers.forEach(QueueConsumer::start);
            pass(SETTLE);
            int before = done.get();
            ServerMeter.Reading reading = meter.read();
            long start = System.nanoTime();
            pass(RUN);
            double seconds = (System.nanoTime() - start) / 1e9;
            Cost used = meter.since(reading, 1);
            return new Measured(
                    used.cpuMillis() / 1e3 / seconds,
                    used.commits() / seconds,
                    used.logBytes() / seconds,
                    (done.get() - before) / seconds);
        } finally {
            workers.parallelStream().forEach(QueueConsumer::stop);
        }
    }

    private static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        await().timeout(time.plusMinutes(1)).until(() -> System.nanoTime() >= end);
    }

    private TaskHandler.Outcome handle(TaskRef task, BooleanSupplier leaving) {
        Lease lease = work.lease(task.id());
        long end = System.nanoTime() + (long) (WORKLOAD.jobSeconds() * 1e9);
        int phase = 0;
        for (int step = 1; System.nanoTime() < end; step++) {
            LockSupport.parkNanos((long) (WORKLOAD.stepSeconds() * 1e9));
            work.ask(lease);
            work.report(lease, step);
            if (end - System.nanoTime()
                    < (Workload.PHASES - phase - 1) * WORKLOAD.jobSeconds() * 1e9 / Workload.PHASES) {
                work.phase(lease);
                phase++;
            }
            if (leaving.getAsBoolean()) {
                progress.giveBack(lease);
                return TaskHandler.Outcome.GIVEN_BACK;
            }
        }
        work.succeed(lease);
        done.incrementAndGet();
        return TaskHandler.Outcome.DONE;
    }

    /**
     * What the server did.
     *
     * @param load cores in use
     */
    record Measured(double load, double commitsPerSecond, double logBytesPerSecond, double jobsPerSecond) {}
}
