package dev.likeness.app.job;

import dev.likeness.app.memory.JobMemory;
import dev.likeness.app.score.ChosenCheckpoint;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.subject.Caption;
import dev.likeness.app.task.Failure;
import dev.likeness.app.task.Phase;
import dev.likeness.app.task.Task;
import dev.likeness.app.task.TaskRef;
import dev.likeness.app.task.TaskStatus;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.TenantId;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** One training job: a subject's pictures, a class word, a fully resolved spec, and their results. */
@Entity
@DynamicUpdate
@Table(name = "job")
public class Job extends Task {

    @TenantId
    private @Nullable String owner;

    private UUID subjectId;
    private String classWord;
    private String identifier;
    private String method;
    private String model;
    private @Nullable UUID baseJobId;

    @JdbcTypeCode(SqlTypes.JSON)
    private JobSpec spec;

    @JdbcTypeCode(SqlTypes.JSON)
    private @Nullable JobMemory memory;

    @JdbcTypeCode(SqlTypes.JSON)
    private @Nullable JobEngine engine;

    @Enumerated(EnumType.STRING)
    private @Nullable Phase phase;

    private @Nullable Instant phaseEnteredAt;

    @JdbcTypeCode(SqlTypes.JSON)
    private Map<String, Double> phaseSeconds;

    @JdbcTypeCode(SqlTypes.JSON)
    private List<Caption> captions;

    @JdbcTypeCode(SqlTypes.JSON)
    private @Nullable ChosenCheckpoint chosen;

    @JdbcTypeCode(SqlTypes.JSON)
    private @Nullable ChosenCheckpoint formerlyChosen;

    @JdbcTypeCode(SqlTypes.JSON)
    private @Nullable TrainingState trainingState;

    private @Nullable UUID continuedJobId;
    private @Nullable Integer continuedStep;

    private Instant queuedAt;

    private @Nullable Double stepsPerSecond;
    private @Nullable Long peakMemoryBytes;
    private long eventSeq;
    private @Nullable Instant expiresAt;

    @SuppressWarnings("NullAway.Init") // for JPA
    protected Job() {}

    Job(UUID subjectId, JobDraft draft, List<Caption> captions, Instant now) {
        super(now);
        JobSpec spec = draft.spec();
        this.subjectId = subjectId;
        this.classWord = draft.classWord();
        this.memory = draft.memory();
        this.identifier = spec.identifier();
        this.method = spec.method();
        this.model = spec.model();
        this.baseJobId = spec.baseJobId();
        this.spec = spec;
        this.captions = List.copyOf(captions);
        this.phaseSeconds = Map.of();
        this.queuedAt = now;
    }

    /** The worker starts a phase, or starts it again after a resume. Progress starts from zero. */
    public void enter(int attempt, Phase phase, Instant now) {
        check(attempt);
        leavePhase(now);
        this.phase = phase;
        this.phaseEnteredAt = now;
        progress(attempt, 0, 0, etaSeconds());
    }

    /** Sets the engine of the current worker. */
    void computeWith(int attempt, JobEngine engine) {
        check(attempt);
        this.engine = engine;
    }

    /** The worker has proposed captions, one per picture, for training. */
    public void useCaptions(int attempt, List<Caption> captions) {
        check(attempt);
        this.captions = List.copyOf(captions);
    }

    /** Training has ended with this state. */
    void trainedTo(int attempt, TrainingState state) {
        check(attempt);
        this.trainingState = state;
    }

    /** Changes what is known of the state at the end of training. */
    void trainedTo(TrainingState state) {
        this.trainingState = state;
    }

    /** The new job continues the training of another one after a step. */
    void continueFrom(UUID jobId, int step) {
        this.continuedJobId = jobId;
        this.continuedStep = step;
    }

    /** Training has ended, and these weights are its result. */
    void choose(int attempt, ChosenCheckpoint checkpoint) {
        check(attempt);
        this.chosen = checkpoint;
    }

    /**
     * Re-queues a final job to sample, score and export with another checkpoint. If that run fails, a succeeded job keeps its
     * previous result.
     */
    void chooseAgain(ChosenCheckpoint checkpoint, Instant now) {
        formerlyChosen = status() == TaskStatus.SUCCEEDED ? chosen : null;
        reopen();
        expiresAt = null;
        chosen = checkpoint;
        queuedAt = now;
        waitAgain();
    }

    /** Sets the spec and plan that fit into the available memory. */
    void plan(JobSpec spec, JobMemory memory) {
        this.spec = spec;
        this.memory = memory;
    }

    public void succeed(int attempt, Outcome outcome, Instant now) {
        check(attempt);
        if (outcome.stepsPerSecond() != null) {
            this.stepsPerSecond = outcome.stepsPerSecond();
        }
        Long peak = outcome.peakMemoryBytes();
        Long before = peakMemoryBytes;
        this.peakMemoryBytes = peak == null || before == null ? peak : Long.valueOf(Math.max(peak, before));
        complete(TaskStatus.SUCCEEDED, now);
    }

    @Override
    protected void complete(TaskStatus status, Instant now) {
        leavePhase(now);
        ChosenCheckpoint former = formerlyChosen;
        formerlyChosen = null;
        String setback = null;
        if (former == null || status == TaskStatus.SUCCEEDED) {
            super.complete(status, now);
        } else {
            Failure failure = error();
            setback = "the result is unchanged, the weights of step %d, because the run with another checkpoint %s"
                    .formatted(former.step(), failure == null ? "was canceled" : "failed: " + failure.message());
            chosen = former;
            super.complete(TaskStatus.SUCCEEDED, now);
            forgive();
        }
        Failure error = error();
        registerEvent(new JobCompleted(id(), status(), error == null ? null : error.code(), setback, now));
    }

    @Override
    protected void enqueueAgain() {
        // The time that the lost worker spent is unknown, so it counts for no phase.
        phase = null;
        phaseEnteredAt = null;
        super.enqueueAgain();
    }

    private void leavePhase(Instant now) {
        Phase left = phase;
        Instant entered = phaseEnteredAt;
        if (left != null && entered != null) {
            Map<String, Double> seconds = new TreeMap<>(phaseSeconds);
            seconds.merge(left.wire(), Duration.between(entered, now).toMillis() / 1000.0, Double::sum);
            phaseSeconds = seconds;
        }
        phase = null;
        phaseEnteredAt = null;
    }

    /** Sets when the job, which is final, expires; null for never. */
    void expireAfter(@Nullable Duration retention) {
        Instant completed = completedAt();
        expiresAt = retention == null || completed == null ? null : completed.plus(retention);
    }

    /** The number of the next event, counted from 1. */
    long nextEventSeq() {
        return ++eventSeq;
    }

    @Override
    public TaskRef.Kind kind() {
        return TaskRef.Kind.JOB;
    }

    @Override
    protected Instant waitsSince() {
        return queuedAt;
    }

    public UUID subjectId() {
        return subjectId;
    }

    public String classWord() {
        return classWord;
    }

    public String identifier() {
        return identifier;
    }

    public String method() {
        return method;
    }

    /** The job that this one is trained on top of, if any. */
    public @Nullable UUID baseJobId() {
        return baseJobId;
    }

    public String model() {
        return model;
    }

    public JobSpec spec() {
        return spec;
    }

    /**
     * The captions for training, one per picture in order; empty if training uses only prompts, or while captions are not yet
     * proposed. May contain placeholders.
     */
    public List<Caption> captions() {
        return List.copyOf(captions);
    }

    /** The resulting weights; null until training has ended. */
    public @Nullable ChosenCheckpoint chosen() {
        return chosen;
    }

    /** The state at the end of training; null until training has ended, and for jobs of earlier releases. */
    public @Nullable TrainingState trainingState() {
        return trainingState;
    }

    /** The job whose training this one continues; null if it continues no other one, or if that was deleted. */
    public @Nullable UUID continuedJobId() {
        return continuedJobId;
    }

    /** The step after which this job continues the training of another one; null if it does not. */
    public @Nullable Integer continuedStep() {
        return continuedStep;
    }

    /** What it is planned to take of a device's memory; null if the size of the model is unknown. */
    public @Nullable JobMemory memory() {
        return memory;
    }

    /** The engine of the current or last worker; null if no worker has reported it. */
    public @Nullable JobEngine engine() {
        return engine;
    }

    /** The worker's current phase, or null. */
    public @Nullable Phase phase() {
        return phase;
    }

    /** Seconds spent in each completed phase, over all attempts. */
    public Map<Phase, Double> phaseSeconds() {
        Map<Phase, Double> seconds = new EnumMap<>(Phase.class);
        for (Phase each : Phase.values()) {
            Double value = phaseSeconds.get(each.wire());
            if (value != null) {
                seconds.put(each, value);
            }
        }
        return seconds;
    }

    public @Nullable Double stepsPerSecond() {
        return stepsPerSecond;
    }

    public @Nullable Long peakMemoryBytes() {
        return peakMemoryBytes;
    }

    public @Nullable Instant expiresAt() {
        return expiresAt;
    }

    /**
     * Measurements of a run that succeeded.
     *
     * @param stepsPerSecond training steps per second in the last attempt; null if an earlier attempt finished
     *     training, whose value stays
     * @param peakMemoryBytes the most memory the worker held, or null if it was not measured
     */
    public record Outcome(
            @Nullable Double stepsPerSecond, @Nullable Long peakMemoryBytes) {}
}
