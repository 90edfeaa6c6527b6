package dev.likeness.app.job;

import dev.likeness.app.score.ChosenCheckpoint;
import dev.likeness.app.score.ChosenCheckpoint.By;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.task.QuotaExceededException;
import dev.likeness.app.task.TaskQueue;
import dev.likeness.app.task.TaskStatus;
import dev.likeness.app.task.UnknownIdException;
import dev.likeness.app.task.UnknownIdException.Kind;
import dev.likeness.app.task.WrongStateException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** A client's operations on the scored checkpoints of jobs. */
@Service
@Transactional
public class Checkpoints {

    private final JobRepository jobs;
    private final JobCheckpoints checkpoints;
    private final JobQuota quota;
    private final TaskQueue queue;
    private final Clock clock;

    Checkpoints(JobRepository jobs, JobCheckpoints checkpoints, JobQuota quota, TaskQueue queue, Clock clock) {
        this.jobs = jobs;
        this.checkpoints = checkpoints;
        this.quota = quota;
        this.queue = queue;
        this.clock = clock;
    }

    /**
     * The checkpoints with weights to generate images with, by step.
     *
     * @throws UnknownIdException if the job does not exist
     */
    @Transactional(readOnly = true)
    public List<KeptCheckpoint> of(UUID jobId) {
        if (jobs.findById(jobId).isEmpty()) {
            throw new UnknownIdException(Kind.JOB, jobId);
        }
        return checkpoints.weights(jobId);
    }

    /**
     * Makes another checkpoint a job's result. A final job, even if it failed or was canceled after the checkpoint, is
     * queued again to sample, score and export with it, without training. Earlier results stay. If that run fails or is
     * canceled, a succeeded job returns to its previous weights.
     *
     * @throws UnknownIdException if the job does not exist
     * @throws WrongStateException if the job is not final
     * @throws InvalidSpecException if the job does not have this checkpoint
     * @throws BaseJobException if other jobs are trained on top of its result
     * @throws QuotaExceededException if the owner has reached the maximum number of unfinished jobs
     */
    public Job choose(UUID jobId, int step) {
        Job job = jobs.findLockedById(jobId).orElseThrow(() -> new UnknownIdException(Kind.JOB, jobId));
        if (!job.status().isFinal()) {
            throw new WrongStateException(jobId, job.status(), "given another checkpoint");
        }
        checkpoints.requireWeights(jobId, step, "step");
        ChosenCheckpoint chosen = job.chosen();
        if (job.status() == TaskStatus.SUCCEEDED && chosen != null && chosen.step() == step) {
            return job;
        }
        if (jobs.existsByBaseJobId(jobId)) {
            throw new BaseJobException(jobId);
        }
        quota.claim();
        job.chooseAgain(
                new ChosenCheckpoint(
                        step,
                        By.USER,
                        "chosen on %s".formatted(clock.instant()),
                        checkpoints.requireKind(job, step, null, "step")),
                clock.instant());
        queue.enqueue(job.ref());
        queue.move(job.ref(), job.queuePlace());
        return job;
    }
}
