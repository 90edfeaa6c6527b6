package dev.likeness.app.caption;

import dev.likeness.app.subject.Caption;
import dev.likeness.app.task.ErrorCode;
import dev.likeness.app.task.Failure;
import dev.likeness.app.task.Task;
import dev.likeness.app.task.TaskRef;
import dev.likeness.app.task.TaskStatus;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A task that proposes captions of a subject's pictures. */
@Entity
@DynamicUpdate
@Table(name = "caption_task")
public class CaptionRun extends Task {

    private UUID subjectId;

    @JdbcTypeCode(SqlTypes.JSON)
    private CaptionSpec spec;

    @JdbcTypeCode(SqlTypes.JSON)
    private List<Caption> captions;

    @SuppressWarnings("NullAway.Init") // for JPA
    protected CaptionRun() {}

    public CaptionRun(UUID subjectId, CaptionSpec spec, Instant now) {
        super(now);
        this.subjectId = subjectId;
        this.spec = spec;
        this.captions = List.of();
    }

    public void succeed(int attempt, List<Caption> captions, Instant now) {
        check(attempt);
        this.captions = List.copyOf(captions);
        complete(TaskStatus.SUCCEEDED, now);
    }

    /** The task ran out of memory. It cannot run with less, because pictures are already described one at a time. */
    void outOfMemory(Instant now) {
        outOfMemory(
                new Failure(
                        ErrorCode.OUT_OF_MEMORY,
                        "the worker ran out of memory while it captioned pictures; write the captions"
                                + " yourself, or use a device with more memory"),
                now);
    }

    @Override
    public TaskRef.Kind kind() {
        return TaskRef.Kind.CAPTIONS;
    }

    public UUID subjectId() {
        return subjectId;
    }

    public CaptionSpec spec() {
        return spec;
    }

    /** One caption per picture; empty until the task has succeeded. */
    public List<Caption> captions() {
        return List.copyOf(captions);
    }
}
