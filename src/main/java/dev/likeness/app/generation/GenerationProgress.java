package dev.likeness.app.generation;

import dev.likeness.app.job.FinishedJob;
import dev.likeness.app.job.Job;
import dev.likeness.app.job.JobCheckpoints;
import dev.likeness.app.job.JobImage;
import dev.likeness.app.job.JobImages;
import dev.likeness.app.job.JobRepository;
import dev.likeness.app.job.JobScores;
import dev.likeness.app.job.JobWeights;
import dev.likeness.app.job.KeptCheckpoint;
import dev.likeness.app.job.NewImage;
import dev.likeness.app.score.Score;
import dev.likeness.app.task.Lease;
import dev.likeness.app.task.TaskProgress;
import dev.likeness.app.task.TaskRef;
import dev.likeness.app.task.TaskSignals;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Processes workers' reports about generations. */
@Service
@Transactional
public class GenerationProgress extends TaskProgress<Generation, LeasedGeneration> {

    private final GenerationRepository generations;
    private final JobRepository jobs;
    private final JobImages images;
    private final JobScores scores;
    private final JobCheckpoints checkpoints;

    GenerationProgress(
            GenerationRepository generations,
            JobRepository jobs,
            JobImages images,
            JobScores scores,
            JobCheckpoints checkpoints,
            TaskSignals signals,
            Clock clock) {
        super(TaskRef.Kind.GENERATION, generations, signals, clock);
        this.generations = generations;
        this.jobs = jobs;
        this.images = images;
        this.scores = scores;
        this.checkpoints = checkpoints;
    }

    @Override
    protected LeasedGeneration leased(Generation generation) {
        Job job = jobs.findById(generation.jobId()).orElseThrow();
        KeptCheckpoint weights = checkpoints.weights(job, generation.step(), generation.weights());
        FinishedJob finished = new FinishedJob(
                job.id(),
                job.subjectId(),
                job.classWord(),
                job.spec(),
                checkpoints.baseWeights(job),
                new JobWeights(weights.fileSha256(), weights.step()));
        return new LeasedGeneration(
                new Lease(generation.id(), generation.attempt()),
                finished,
                generation.spec(),
                generation.imagesAtOnce(),
                generation.adapters());
    }

    /** Keeps an image. It refers to the job, so the job's row is locked first, in the order of a deletion of the job. */
    public JobImage addImage(Lease lease, NewImage image) {
        generations.findJobId(lease.taskId()).ifPresent(jobs::findLockedById);
        Generation generation = locked(lease);
        return images.add(generation.jobId(), generation.id(), image);
    }

    /** They refer to the job, so the job's row is locked first, in the order of a deletion of the job. */
    public void addScores(Lease lease, List<Score> added) {
        generations.findJobId(lease.taskId()).ifPresent(jobs::findLockedById);
        Generation generation = locked(lease);
        scores.add(generation.jobId(), generation.id(), added);
    }

    public void succeed(Lease lease) {
        write(lease, (generation, attempt) -> generation.succeed(attempt, now()));
        generations.findJobId(lease.taskId()).ifPresent(job -> images.releaseExact(job, lease.taskId()));
    }

    @Override
    protected void runWithLess(Generation generation) {
        generation.outOfMemory(now());
    }
}
