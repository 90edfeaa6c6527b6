package dev.likeness.app.job;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.springframework.data.domain.Persistable;

/** An event of a job. It never changes, so it is inserted without a select. */
@Entity
@Table(name = "job_event")
public class JobEvent implements Persistable<JobEvent.Id> {

    @EmbeddedId
    private Id id;

    @Enumerated(EnumType.STRING)
    private EventType type;

    @JdbcTypeCode(SqlTypes.JSON)
    private Map<String, Object> data;

    private Instant createdAt;

    @SuppressWarnings("NullAway.Init") // for JPA
    protected JobEvent() {}

    JobEvent(UUID jobId, long seq, EventType type, Map<String, Object> data, Instant now) {
        this.id = new Id(jobId, seq);
        this.type = type;
        this.data = data;
        this.createdAt = now;
    }

    @Override
    public Id getId() {
        return id;
    }

    @Override
    public boolean isNew() {
        return true;
    }

    /** @param seq counted from 1 within a job, without gaps */
    @Embeddable
    record Id(UUID jobId, long seq) {}
}
