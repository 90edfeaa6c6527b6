package dev.likeness.app.job;

import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** More images from a finished job. */
@Entity
@Table(name = "generation")
public class Generation extends LeasedTask {

    private UUID jobId;

    @JdbcTypeCode(SqlTypes.JSON)
    private JobSpec.Sampling spec;

    @JdbcTypeCode(SqlTypes.JSON)
    private List<UsedAdapter> adapters;

    @SuppressWarnings("NullAway.Init") // for JPA
    protected Generation() {}

    Generation(UUID jobId, JobSpec.Sampling spec, List<UsedAdapter> adapters, Instant now) {
        super(now);
        this.jobId = jobId;
        this.spec = spec;
        this.adapters = List.copyOf(adapters);
    }

    public void succeed(int attempt, Instant now) {
        check(attempt);
        complete(JobStatus.SUCCEEDED, now);
    }

    public UUID jobId() {
        return jobId;
    }

    public JobSpec.Sampling spec() {
        return spec;
    }

    /** What it draws with besides its job's own weights. */
    public List<UsedAdapter> adapters() {
        return adapters;
    }
}
