package dev.likeness.app.job;

import java.time.Clock;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Appends events to a job. The caller must have locked the job's row, so that numbers increase in the order of commits.
 */
@Component
class JobEventAppender {

    private final JobEventRepository events;
    private final Clock clock;

    JobEventAppender(JobEventRepository events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    void append(Job job, EventType type, Map<String, Object> data) {
        events.save(new JobEvent(job.id(), job.nextEventSeq(), type, data, clock.instant()));
    }
}
