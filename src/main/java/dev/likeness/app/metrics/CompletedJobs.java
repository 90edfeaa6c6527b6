package dev.likeness.app.metrics;

import dev.likeness.app.job.JobCompleted;
import dev.likeness.app.task.ErrorCode;
import dev.likeness.app.task.TaskStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Counts the jobs that become final in this process. */
@Component
class CompletedJobs {

    private final MeterRegistry meters;

    CompletedJobs(MeterRegistry meters) {
        this.meters = meters;
        // Registered at start, because a rate misses the first increment of a new counter.
        counter(TaskStatus.SUCCEEDED, null);
        counter(TaskStatus.CANCELED, null);
        for (ErrorCode code : ErrorCode.values()) {
            counter(TaskStatus.FAILED, code);
        }
    }

    @TransactionalEventListener
    void count(JobCompleted job) {
        counter(job.status(), job.code()).increment();
    }

    private Counter counter(TaskStatus status, @Nullable ErrorCode code) {
        return Counter.builder("likeness.jobs.completed")
                .description("Jobs that became final in this process")
                .tag("status", status.wire())
                .tag("code", code == null ? "none" : code.wire())
                .register(meters);
    }
}
