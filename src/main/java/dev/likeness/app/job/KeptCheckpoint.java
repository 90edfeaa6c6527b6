package dev.likeness.app.job;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** Weights or a resumable state of a job's training. Never changed. */
@Entity
@Table(name = "checkpoint")
public class KeptCheckpoint {

    @EmbeddedId
    private Id id;

    private String fileSha256;
    private Instant createdAt;

    @SuppressWarnings("NullAway.Init") // for JPA
    protected KeptCheckpoint() {}

    KeptCheckpoint(UUID jobId, CheckpointKind kind, int step, String fileSha256, Instant now) {
        this.id = new Id(jobId, kind, step);
        this.fileSha256 = fileSha256;
        this.createdAt = now;
    }

    /** Number of completed optimizer steps. */
    public int step() {
        return id.step();
    }

    public String fileSha256() {
        return fileSha256;
    }

    public Instant createdAt() {
        return createdAt;
    }

    @Embeddable
    record Id(UUID jobId, @Enumerated(EnumType.STRING) CheckpointKind kind, int step) {}
}
