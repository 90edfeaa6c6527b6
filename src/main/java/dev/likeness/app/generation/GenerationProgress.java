package dev.likeness.app.generation;

import dev.likeness.app.job.Job;
import dev.likeness.app.job.JobFindings;
import dev.likeness.app.job.JobImage;
import dev.likeness.app.job.JobImages;
import dev.likeness.app.job.JobRepository;
import dev.likeness.app.job.JobWeights;
import dev.likeness.app.job.KeptCheckpoint;
import dev.likeness.app.job.NewImage;
import dev.likeness.app.score.NewScore;
import dev.likeness.app.task.Failure;
import dev.likeness.app.task.Lease;
import dev.likeness.app.task.LeaseLostException;
import dev.likeness.app.task.LeaseProgress;
import dev.likeness.app.task.Signal;
import dev.likeness.app.task.TaskSignals;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a worker says about a generation. Every method that takes a lease is one transaction that has the generation's row
 * locked, and throws {@link LeaseLostException} if the lease is no longer the present one.
 */
@Service
@Transactional
public class GenerationProgress implements LeaseProgress {

    private final GenerationRepository generations;
    private final JobRepository jobs;
    private final JobImages images;
    private final JobFindings findings;
    private final TaskSignals signals;
    private final Clock clock;

    GenerationProgress(
            GenerationRepository generations,
            JobRepository jobs,
            JobImages images,
            JobFindings findings,
            TaskSignals signals,
            Clock clock) {
        this.generations = generations;
        this.jobs = jobs;
        this.images = images;
        this.findings = findings;
        this.signals = signals;
        this.clock = clock;
    }

    /**
     * Leases a generation, also one that another worker has: that one's writes are refused from now on.
     *
     * @return empty if there is nothing to do: the generation is final or gone, or was to be canceled and now is
     */
    public Optional<LeasedGeneration> lease(UUID generationId) {
        Generation generation = generations.findLockedById(generationId).orElse(null);
        if (generation == null || generation.status().isFinal()) {
            return Optional.empty();
        }
        int attempt = generation.lease(clock.instant());
        if (generation.isCancelRequested()) {
            generation.cancel(attempt, clock.instant());
            return Optional.empty();
        }
        Job job = jobs.findById(generation.jobId()).orElseThrow();
        KeptCheckpoint weights = findings.weights(job, generation.step());
        return Optional.of(new LeasedGeneration(
                new Lease(generationId, attempt),
                job.id(),
                job.subjectId(),
                job.classWord(),
                job.spec(),
                generation.spec(),
                generation.imagesAtOnce(),
                findings.baseWeights(job),
                new JobWeights(weights.fileSha256(), weights.step()),
                generation.adapters()));
    }

    public void start(Lease lease) {
        write(lease, Generation::start);
    }

    /**
     * How far the generation is. Meant for about once a second, not for every step.
     *
     * @param etaSeconds until the generation is final, or null while nobody can tell
     */
    public void progress(Lease lease, int step, int total, @Nullable Integer etaSeconds) {
        write(lease, (generation, attempt) -> generation.progress(attempt, step, total, etaSeconds));
    }

    /** Keeps an image. It refers to the job, so the job's row is locked first, as whoever deletes the job does. */
    public JobImage addImage(Lease lease, NewImage image) {
        generations.findJobId(lease.taskId()).ifPresent(jobs::findLockedById);
        Generation generation = locked(lease);
        return images.add(generation.jobId(), generation.id(), image);
    }

    /** They refer to the job, so the job's row is locked first, as whoever deletes the job does. */
    public void addScores(Lease lease, List<NewScore> scores) {
        generations.findJobId(lease.taskId()).ifPresent(jobs::findLockedById);
        Generation generation = locked(lease);
        findings.addScores(generation.jobId(), generation.id(), scores);
    }

    public void succeed(Lease lease) {
        write(lease, (generation, attempt) -> generation.succeed(attempt, clock.instant()));
    }

    @Override
    public void fail(Lease lease, Failure failure) {
        write(lease, (generation, attempt) -> generation.fail(attempt, failure, clock.instant()));
    }

    @Override
    public boolean outOfMemory(Lease lease) {
        Generation generation = locked(lease);
        generation.outOfMemory(clock.instant());
        return !generation.status().isFinal();
    }

    /** The worker has stopped as it was asked to. */
    @Override
    public void canceled(Lease lease) {
        write(lease, (generation, attempt) -> generation.cancel(attempt, clock.instant()));
    }

    /** The worker is about to leave; the generation waits for another one. */
    @Override
    public void giveBack(Lease lease) {
        write(lease, Generation::giveBack);
    }

    @Override
    public boolean workerLost(UUID generationId, boolean killedForMemory) {
        Generation generation = generations.findLockedById(generationId).orElse(null);
        if (generation == null) {
            return false;
        }
        if (killedForMemory) {
            generation.outOfMemory(clock.instant());
        } else {
            generation.workerLost(clock.instant());
        }
        return !generation.status().isFinal();
    }

    /** What the worker is to do next. One select, without a lock. */
    @Override
    @Transactional(readOnly = true)
    public Signal signal(Lease lease) {
        return signals.generation(lease);
    }

    private void write(Lease lease, BiConsumer<Generation, Integer> change) {
        change.accept(locked(lease), lease.attempt());
    }

    private Generation locked(Lease lease) {
        Generation generation = generations
                .findLockedById(lease.taskId())
                .orElseThrow(() -> new LeaseLostException(lease.taskId(), lease.attempt()));
        generation.check(lease.attempt());
        return generation;
    }
}
