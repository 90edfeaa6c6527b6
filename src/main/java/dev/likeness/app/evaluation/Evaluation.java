package dev.likeness.app.evaluation;

import dev.likeness.app.task.ErrorCode;
import dev.likeness.app.task.Failure;
import dev.likeness.app.task.Task;
import dev.likeness.app.task.TaskRef;
import dev.likeness.app.task.TaskStatus;
import dev.likeness.diffusion.plan.SamplingLoad;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.TenantId;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A table of scores over finished jobs. */
@Entity
@DynamicUpdate
@Table(name = "evaluation")
public class Evaluation extends Task {

    @TenantId
    private @Nullable String owner;

    @JdbcTypeCode(SqlTypes.JSON)
    private EvaluationSpec spec;

    @SuppressWarnings("NullAway.Init") // for JPA
    protected Evaluation() {}

    public Evaluation(EvaluationSpec spec, Instant now) {
        super(now);
        this.spec = spec;
    }

    public void succeed(int attempt, Instant now) {
        check(attempt);
        complete(TaskStatus.SUCCEEDED, now);
    }

    /** The evaluation ran out of memory. The first time it is queued again, to generate one image at a time. */
    void outOfMemory(Instant now) {
        boolean again = memoryShortages() == 0 && spec.imagesOfRow() > 1;
        outOfMemory(
                again
                        ? null
                        : new Failure(
                                ErrorCode.OUT_OF_MEMORY,
                                "the worker ran out of memory while it generated or scored images; smaller images may fit"),
                now);
    }

    /** Most images of a batch. */
    int imagesAtOnce() {
        return memoryShortages() == 0 ? SamplingLoad.LARGEST_BATCH : 1;
    }

    @Override
    public TaskRef.Kind kind() {
        return TaskRef.Kind.EVALUATION;
    }

    public EvaluationSpec spec() {
        return spec;
    }
}
