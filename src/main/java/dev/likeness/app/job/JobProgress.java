package dev.likeness.app.job;

import dev.likeness.app.artifact.StoredFile;
import dev.likeness.app.memory.FitsOnAnotherWorkerException;
import dev.likeness.app.memory.PlanDoesNotFitException;
import dev.likeness.app.score.ChosenCheckpoint;
import dev.likeness.app.score.Score;
import dev.likeness.app.subject.Caption;
import dev.likeness.app.task.Lease;
import dev.likeness.app.task.LiveWorkers;
import dev.likeness.app.task.Phase;
import dev.likeness.app.task.TaskProgress;
import dev.likeness.app.task.TaskRef;
import dev.likeness.app.task.TaskSignals;
import dev.likeness.app.task.TaskStatus;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Processes workers' reports about jobs, and publishes them as events to clients. */
@Service
@Transactional
public class JobProgress extends TaskProgress<Job, LeasedJob> {

    private final JobRepository jobs;
    private final LeasedJobs leased;
    private final JobEventAppender events;
    private final JobOutputs outputs;
    private final MemoryRevisions memory;

    JobProgress(
            JobRepository jobs,
            LeasedJobs leased,
            JobEventAppender events,
            JobOutputs outputs,
            MemoryRevisions memory,
            TaskSignals signals,
            Clock clock) {
        super(TaskRef.Kind.JOB, jobs, signals, clock);
        this.jobs = jobs;
        this.leased = leased;
        this.events = events;
        this.outputs = outputs;
        this.memory = memory;
    }

    @Override
    protected LeasedJob leased(Job job) {
        return leased.of(job);
    }

    /**
     * Makes a job fit into its worker's available memory, with as many memory savings as needed and allowed.
     *
     * @param device in PyTorch's naming
     * @param bytes that a task may use of it
     * @param worker id of the worker
     * @return the job with its current settings
     * @throws PlanDoesNotFitException if it does not fit
     * @throws FitsOnAnotherWorkerException if it does not fit, but would fit on another worker
     */
    public LeasedJob fit(Lease lease, String device, long bytes, UUID worker) {
        Job job = locked(lease);
        memory.fit(job, new LiveWorkers.DeviceBudget(device, bytes), worker);
        return leased.of(job);
    }

    /** Sets the engine of the current worker. */
    public void computeWith(Lease lease, JobEngine engine) {
        write(lease, (job, attempt) -> job.computeWith(attempt, engine));
    }

    @Override
    protected void started(Job job) {
        events.append(job, EventType.START, Map.of("attempt", job.attempt()));
    }

    @Override
    protected void late(Job job) {
        events.append(
                job,
                EventType.LOG,
                Map.of(
                        "message",
                        "the job is canceled, because it was not final at its deadline, %s".formatted(job.cancelAt())));
    }

    /** The worker enters a phase; event {@code progress}. */
    public void enterPhase(Lease lease, Phase phase) {
        write(lease, (job, attempt) -> {
            job.enter(attempt, phase, now());
            events.append(job, EventType.PROGRESS, progressOf(job));
        });
    }

    @Override
    protected void progressed(Job job) {
        events.append(job, EventType.PROGRESS, progressOf(job));
    }

    /** Saves proposed captions, so that another attempt trains with the same ones. */
    public void useCaptions(Lease lease, List<Caption> captions) {
        write(lease, (job, attempt) -> job.useCaptions(attempt, captions));
    }

    /** A {@code log} or {@code metric} event. */
    public void event(Lease lease, EventType type, Map<String, Object> data) {
        write(lease, (job, attempt) -> events.append(job, type, data));
    }

    /** Saves an image; event {@code image}. */
    public JobImage addImage(Lease lease, NewImage image) {
        return outputs.add(locked(lease), image);
    }

    public void addScores(Lease lease, List<Score> added) {
        write(lease, (job, attempt) -> outputs.add(job, added));
    }

    /** The job's own scores, beginning with those before training. */
    public List<Score> scores(Lease lease) {
        return outputs.scores(locked(lease).id());
    }

    /** Training has ended; event {@code log} with the reason. */
    public void choose(Lease lease, ChosenCheckpoint checkpoint) {
        write(lease, (job, attempt) -> {
            job.choose(attempt, checkpoint);
            String message =
                    "the weights of step %d are the result: %s".formatted(checkpoint.step(), checkpoint.reason());
            events.append(job, EventType.LOG, Map.of("message", message));
        });
    }

    /** Saves a file for other programs. */
    public void addArtifact(Lease lease, NewArtifact artifact) {
        write(lease, (job, attempt) -> outputs.add(job, artifact));
    }

    /**
     * Saves a checkpoint. The spec limits the number of resumable ones; a file of weights is kept as long as the job.
     */
    public void keepCheckpoint(Lease lease, CheckpointKind kind, int step, StoredFile file) {
        write(lease, (job, attempt) -> outputs.keepCheckpoint(job, kind, step, file));
    }

    /**
     * Training has ended.
     *
     * @param bytes of its state
     * @return whether to store the state and to call {@link #keepState}
     */
    public boolean wantsState(Lease lease, int step, long bytes) {
        Job job = locked(lease);
        boolean wanted = outputs.wantsState(job, lease.attempt(), step, bytes);
        jobs.save(job);
        return wanted;
    }

    /** Keeps the state at the end of training, from which another job can continue. */
    public void keepState(Lease lease, int step, StoredFile file) {
        write(lease, (job, attempt) -> outputs.keepState(job, attempt, step, file));
    }

    /** The state at the end of training could not be stored; event {@code log}. */
    public void lackState(Lease lease, int step, long bytes, String why) {
        write(lease, (job, attempt) -> {
            job.trainedTo(attempt, TrainingState.without(TrainingState.Status.NOT_STORED, step, bytes));
            events.append(
                    job,
                    EventType.LOG,
                    Map.of(
                            "message",
                            "the training state could not be stored, so no job can continue from it: " + why));
        });
    }

    /** A job's checkpoints, those with the most steps first. */
    public List<KeptCheckpoint> checkpoints(Lease lease, CheckpointKind kind) {
        return outputs.checkpoints(locked(lease).id(), kind);
    }

    public void succeed(Lease lease, Job.Outcome outcome) {
        write(lease, (job, attempt) -> job.succeed(attempt, outcome, now()));
        outputs.releaseExactImages(lease.taskId());
    }

    @Override
    protected void runWithLess(Job job) {
        memory.outOfMemory(job);
    }

    /** Whether a job waits to generate images with another checkpoint. */
    @Override
    @Transactional(readOnly = true)
    public boolean waitsAgain(UUID jobId) {
        return jobs.findById(jobId)
                .filter(it -> it.status() == TaskStatus.QUEUED && it.chosen() != null)
                .isPresent();
    }

    private static Map<String, Object> progressOf(Job job) {
        Map<String, Object> data = new TreeMap<>();
        Phase phase = job.phase();
        if (phase != null) {
            data.put("phase", phase.wire());
        }
        data.put("step", job.progressStep());
        data.put("total", job.progressTotal());
        Integer eta = job.etaSeconds();
        if (eta != null) {
            data.put("eta_seconds", eta);
        }
        return data;
    }
}
