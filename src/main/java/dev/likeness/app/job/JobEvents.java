package dev.likeness.app.job;

import java.time.Clock;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Writes events. Their numbers follow their commits, because whoever writes one has the job's row locked. */
@Component
class JobEvents {

    private final JobEventRepository events;
    private final Clock clock;

    JobEvents(JobEventRepository events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    void append(Job job, EventType type, Map<String, Object> data) {
        events.save(new JobEvent(job.id(), job.nextEventSeq(), type, data, clock.instant()));
    }
}
