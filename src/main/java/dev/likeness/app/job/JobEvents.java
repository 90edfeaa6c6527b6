package dev.likeness.app.job;

import dev.likeness.app.task.Failure;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Writes events. Their numbers follow their commits, because whoever writes one has the job's row locked. */
@Component
class JobEvents {

    private final JobEventRepository events;
    private final ApplicationEventPublisher publisher;
    private final Clock clock;

    JobEvents(JobEventRepository events, ApplicationEventPublisher publisher, Clock clock) {
        this.events = events;
        this.publisher = publisher;
        this.clock = clock;
    }

    void append(Job job, EventType type, Map<String, Object> data) {
        events.save(new JobEvent(job.id(), job.nextEventSeq(), type, data, clock.instant()));
    }

    void completed(Job job) {
        Map<String, Object> data = new TreeMap<>();
        data.put("status", job.status().wire());
        Failure error = job.error();
        if (error != null) {
            data.put("error", Map.of("code", error.code().wire(), "message", error.message()));
        }
        append(job, EventType.COMPLETED, data);
        publisher.publishEvent(
                new JobCompleted(job.id(), job.status(), error == null ? null : error.code(), clock.instant()));
    }
}
