package dev.likeness.app.generation;

import dev.likeness.app.job.MergedAdapter;
import dev.likeness.app.score.WeightsKind;
import dev.likeness.app.spec.SamplingSpec;
import dev.likeness.app.task.ErrorCode;
import dev.likeness.app.task.Failure;
import dev.likeness.app.task.Task;
import dev.likeness.app.task.TaskRef;
import dev.likeness.app.task.TaskStatus;
import dev.likeness.diffusion.plan.SamplingLoad;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** More images from a finished job. */
@Entity
@DynamicUpdate
@Table(name = "generation")
public class Generation extends Task {

    private UUID jobId;
    private @Nullable Integer step;

    @Enumerated(EnumType.STRING)
    private @Nullable WeightsKind weights;

    @JdbcTypeCode(SqlTypes.JSON)
    private SamplingSpec spec;

    @JdbcTypeCode(SqlTypes.JSON)
    private List<MergedAdapter> adapters;

    @SuppressWarnings("NullAway.Init") // for JPA
    protected Generation() {}

    /** @param weights of a job with an average; null for one without */
    public Generation(
            UUID jobId,
            int step,
            @Nullable WeightsKind weights,
            SamplingSpec spec,
            List<MergedAdapter> adapters,
            Instant now) {
        super(now);
        this.jobId = jobId;
        this.step = step;
        this.weights = weights;
        this.spec = spec;
        this.adapters = List.copyOf(adapters);
    }

    public void succeed(int attempt, Instant now) {
        check(attempt);
        complete(TaskStatus.SUCCEEDED, now);
    }

    /** The generation ran out of memory. The first time it is queued again, to generate one image at a time. */
    void outOfMemory(Instant now) {
        boolean again = memoryShortages() == 0 && load().atOnce(imagesAtOnce()) > 1;
        outOfMemory(
                again
                        ? null
                        : new Failure(
                                ErrorCode.OUT_OF_MEMORY,
                                "the worker ran out of memory while it generated images of %dx%d pixels; smaller images may fit"
                                        .formatted(spec.width(), spec.height())),
                now);
    }

    /** Most images of a batch. */
    int imagesAtOnce() {
        return memoryShortages() == 0 ? SamplingLoad.LARGEST_BATCH : 1;
    }

    private SamplingLoad load() {
        return new SamplingLoad(spec.width(), spec.height(), spec.prompts().size() * spec.imagesPerPrompt());
    }

    @Override
    public TaskRef.Kind kind() {
        return TaskRef.Kind.GENERATION;
    }

    public UUID jobId() {
        return jobId;
    }

    /** Training step of the weights; null for the job's result. */
    public @Nullable Integer step() {
        return step;
    }

    /** Of a job with an average; null for one without. */
    public @Nullable WeightsKind weights() {
        return weights;
    }

    public SamplingSpec spec() {
        return spec;
    }

    /** What it uses besides its job's own weights. */
    public List<MergedAdapter> adapters() {
        return adapters;
    }
}
