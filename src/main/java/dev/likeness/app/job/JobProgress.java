package dev.likeness.app.job;

import dev.likeness.app.adapter.Adapters;
import dev.likeness.app.artifact.StoredFile;
import dev.likeness.app.memory.JobMemory;
import dev.likeness.app.memory.PlanDoesNotFitException;
import dev.likeness.app.memory.RoomElsewhereException;
import dev.likeness.app.score.ChosenCheckpoint;
import dev.likeness.app.score.NewScore;
import dev.likeness.app.score.Score;
import dev.likeness.app.subject.Caption;
import dev.likeness.app.task.Failure;
import dev.likeness.app.task.JobStatus;
import dev.likeness.app.task.Lease;
import dev.likeness.app.task.LeaseLostException;
import dev.likeness.app.task.LeaseProgress;
import dev.likeness.app.task.LiveWorkers;
import dev.likeness.app.task.Phase;
import dev.likeness.app.task.Signal;
import dev.likeness.app.task.TaskSignals;
import dev.likeness.diffusion.plan.PlannedImages;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a worker says about a job. Every method that takes a lease is one transaction that has the job's row locked, and
 * throws {@link LeaseLostException} if the lease is no longer the present one.
 */
@Service
@Transactional
public class JobProgress implements LeaseProgress {

    private final JobRepository jobs;
    private final JobEvents events;
    private final JobImages images;
    private final JobFindings findings;
    private final JobArtifacts artifacts;
    private final MemoryRevisions memory;
    private final TaskSignals signals;
    private final Adapters adapters;
    private final Clock clock;

    JobProgress(
            JobRepository jobs,
            JobEvents events,
            JobImages images,
            JobFindings findings,
            JobArtifacts artifacts,
            MemoryRevisions memory,
            TaskSignals signals,
            Adapters adapters,
            Clock clock) {
        this.jobs = jobs;
        this.events = events;
        this.images = images;
        this.findings = findings;
        this.artifacts = artifacts;
        this.memory = memory;
        this.signals = signals;
        this.adapters = adapters;
        this.clock = clock;
    }

    /**
     * Leases a job, also one that another worker has: that one's writes are refused from now on.
     *
     * @return empty if there is nothing to do: the job is final or gone, or was to be canceled and now is
     */
    public Optional<LeasedJob> lease(UUID jobId) {
        Job job = jobs.findLockedById(jobId).orElse(null);
        if (job == null || job.status().isFinal()) {
            return Optional.empty();
        }
        int attempt = job.lease(clock.instant());
        if (job.isCancelRequested()) {
            job.cancel(attempt, clock.instant());
            findings.settle(job);
            return Optional.empty();
        }
        return Optional.of(leased(job));
    }

    private LeasedJob leased(Job job) {
        JobMemory planned = job.memory();
        Job base = base(job);
        return new LeasedJob(
                new Lease(job.id(), job.attempt()),
                job.subjectId(),
                job.classWord(),
                job.spec(),
                job.captions(),
                planned == null ? PlannedImages.LARGEST_BATCH : planned.imagesAtOnce(),
                base == null ? null : base.spec().placeholderToken(),
                base == null ? null : base.method(),
                findings.baseWeights(job),
                uploaded(job),
                job.chosen());
    }

    /**
     * Makes a job fit into what its worker's device has now, stepping down as far as it has to, and may.
     *
     * @param device as PyTorch names it
     * @param bytes that a task may take of it
     * @param worker the worker itself
     * @return the job as it is to be run
     * @throws PlanDoesNotFitException if it does not fit
     * @throws RoomElsewhereException if it does not fit, but would with another worker
     */
    public LeasedJob fit(Lease lease, String device, long bytes, UUID worker) {
        Job job = locked(lease);
        memory.fit(job, new LiveWorkers.Room(device, bytes), worker);
        return leased(job);
    }

    private @Nullable String uploaded(Job job) {
        UUID id = job.spec().textualInversion().adapterId();
        return id == null ? null : adapters.file(id).orElseThrow();
    }

    private @Nullable Job base(Job job) {
        UUID base = job.baseJobId();
        return base == null ? null : jobs.findById(base).orElseThrow();
    }

    /** The engine that works on it from now on. */
    public void computeWith(Lease lease, JobEngine engine) {
        write(lease, (job, attempt) -> job.computeWith(attempt, engine));
    }

    /** The worker begins: status {@code processing}, event {@code start}. */
    public void start(Lease lease) {
        write(lease, (job, attempt) -> {
            job.start(attempt);
            events.append(job, EventType.START, Map.of("attempt", attempt));
        });
    }

    /** The worker goes on to a phase; event {@code progress}. */
    public void enterPhase(Lease lease, Phase phase) {
        write(lease, (job, attempt) -> {
            job.enter(attempt, phase, clock.instant());
            events.append(job, EventType.PROGRESS, progressOf(job));
        });
    }

    /**
     * How far the present phase is; event {@code progress}. Meant for about once a second, not for every step.
     *
     * @param etaSeconds until the job is final, or null while nobody can tell
     */
    public void progress(Lease lease, int step, int total, @Nullable Integer etaSeconds) {
        write(lease, (job, attempt) -> {
            job.progress(attempt, step, total, etaSeconds);
            events.append(job, EventType.PROGRESS, progressOf(job));
        });
    }

    /** Keeps the captions that were proposed: another attempt trains with the same. */
    public void useCaptions(Lease lease, List<Caption> captions) {
        write(lease, (job, attempt) -> job.useCaptions(attempt, captions));
    }

    /** A {@code log} or {@code metric} event. */
    public void event(Lease lease, EventType type, Map<String, Object> data) {
        write(lease, (job, attempt) -> events.append(job, type, data));
    }

    /** Keeps an image; event {@code image}. */
    public JobImage addImage(Lease lease, NewImage image) {
        Job job = locked(lease);
        JobImage added = images.add(job.id(), null, image);
        events.append(
                job,
                EventType.IMAGE,
                Map.of(
                        "id",
                        added.id().toString(),
                        "role",
                        image.role().wire(),
                        "position",
                        image.position(),
                        "step",
                        image.step()));
        return added;
    }

    public void addScores(Lease lease, List<NewScore> scores) {
        write(lease, (job, attempt) -> findings.addScores(job.id(), null, scores));
    }

    /** The job's own scores, those before training first. */
    public List<Score> scores(Lease lease) {
        return findings.scores(locked(lease).id());
    }

    /** Training is over; event {@code log} with the reason. */
    public void choose(Lease lease, ChosenCheckpoint checkpoint) {
        write(lease, (job, attempt) -> {
            job.choose(attempt, checkpoint);
            String message =
                    "the weights of step %d are the result: %s".formatted(checkpoint.step(), checkpoint.reason());
            events.append(job, EventType.LOG, Map.of("message", message));
        });
    }

    /** Keeps a file that others can load. */
    public void addArtifact(Lease lease, NewArtifact artifact) {
        write(lease, (job, attempt) -> artifacts.add(job.id(), artifact));
    }

    /** Keeps a checkpoint. Of resumable ones only as many stay as the job's spec says; a weights file stays as long as the job. */
    public void keepCheckpoint(Lease lease, CheckpointKind kind, int step, StoredFile file) {
        write(lease, (job, attempt) -> findings.keepCheckpoint(job, kind, step, file));
    }

    /** A job's checkpoints, those with the most steps first. */
    public List<KeptCheckpoint> checkpoints(Lease lease, CheckpointKind kind) {
        return findings.checkpoints(locked(lease).id(), kind);
    }

    public void succeed(Lease lease, Job.Outcome outcome) {
        write(lease, (job, attempt) -> {
            job.succeed(attempt, outcome, clock.instant());
            findings.settle(job);
        });
    }

    @Override
    public void fail(Lease lease, Failure failure) {
        write(lease, (job, attempt) -> {
            job.fail(attempt, failure, clock.instant());
            findings.settle(job);
        });
    }

    @Override
    public boolean outOfMemory(Lease lease) {
        Job job = locked(lease);
        memory.outOfMemory(job);
        return !job.status().isFinal();
    }

    /** The worker has stopped as it was asked to. */
    @Override
    public void canceled(Lease lease) {
        write(lease, (job, attempt) -> {
            job.cancel(attempt, clock.instant());
            findings.settle(job);
        });
    }

    /** The worker is about to leave; the job waits for another one. */
    @Override
    public void giveBack(Lease lease) {
        write(lease, (job, attempt) -> job.giveBack(attempt));
    }

    @Override
    public boolean workerLost(UUID jobId, boolean killedForMemory) {
        Job job = jobs.findLockedById(jobId).orElse(null);
        if (job == null || job.status().isFinal()) {
            return false;
        }
        if (killedForMemory && job.status().isLeased()) {
            memory.outOfMemory(job);
            return !job.status().isFinal();
        }
        job.workerLost(clock.instant());
        if (job.status().isFinal()) {
            findings.settle(job);
        }
        return !job.status().isFinal();
    }

    /** Whether a job waits for a worker to draw with other weights than before. */
    @Override
    @Transactional(readOnly = true)
    public boolean waitsAgain(UUID jobId) {
        return jobs.findById(jobId)
                .filter(it -> it.status() == JobStatus.QUEUED && it.chosen() != null)
                .isPresent();
    }

    /** What the worker is to do next. One select, without a lock. */
    @Override
    @Transactional(readOnly = true)
    public Signal signal(Lease lease) {
        return signals.job(lease);
    }

    private void write(Lease lease, BiConsumer<Job, Integer> change) {
        change.accept(locked(lease), lease.attempt());
    }

    private Job locked(Lease lease) {
        Job job = jobs.findLockedById(lease.taskId())
                .orElseThrow(() -> new LeaseLostException(lease.taskId(), lease.attempt()));
        job.check(lease.attempt());
        return job;
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
