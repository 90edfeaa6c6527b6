package dev.likeness.app.job;

import dev.likeness.app.task.Failure;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The first actions when a job becomes final, before other listeners. */
@Component
class JobCompletion {

    private final JobRepository jobs;
    private final JobEventAppender events;
    private final JobCheckpoints checkpoints;
    private final RetentionSettings retention;
    private final TrainingStates states;

    JobCompletion(
            JobRepository jobs,
            JobEventAppender events,
            JobCheckpoints checkpoints,
            RetentionSettings retention,
            TrainingStates states) {
        this.jobs = jobs;
        this.events = events;
        this.checkpoints = checkpoints;
        this.retention = retention;
        this.states = states;
    }

    /** A job that may still succeed keeps the state to resume from. */
    @EventListener
    @Order(Ordered.HIGHEST_PRECEDENCE)
    @Transactional(propagation = Propagation.MANDATORY)
    void afterCompletion(JobCompleted completed) {
        Job job = jobs.findById(completed.jobId()).orElseThrow();
        String setback = completed.setback();
        if (setback != null) {
            events.append(job, EventType.LOG, Map.of("message", setback));
        }
        job.expireAfter(retention.jobs());
        states.count(job, completed.at());
        Failure error = job.error();
        if (error == null || !error.retryable()) {
            checkpoints.dropResumable(job.id());
        }
        Map<String, Object> data = new TreeMap<>();
        data.put("status", job.status().wire());
        if (error != null) {
            data.put("error", Map.of("code", error.code().wire(), "message", error.message()));
        }
        events.append(job, EventType.COMPLETED, data);
    }
}
