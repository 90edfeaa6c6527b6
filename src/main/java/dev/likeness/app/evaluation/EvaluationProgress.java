package dev.likeness.app.evaluation;

import dev.likeness.app.evaluation.LeasedEvaluation.EvaluatedJob;
import dev.likeness.app.evaluation.LeasedEvaluation.PlannedRow;
import dev.likeness.app.job.Job;
import dev.likeness.app.job.JobFindings;
import dev.likeness.app.job.JobRepository;
import dev.likeness.app.job.JobWeights;
import dev.likeness.app.job.KeptCheckpoint;
import dev.likeness.app.task.Failure;
import dev.likeness.app.task.Lease;
import dev.likeness.app.task.LeaseLostException;
import dev.likeness.app.task.LeaseProgress;
import dev.likeness.app.task.Signal;
import dev.likeness.app.task.TaskSignals;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a worker says about an evaluation. Every method that takes a lease is one transaction that has the evaluation's
 * row locked, and throws {@link LeaseLostException} if the lease is no longer the present one. The rows of its jobs need
 * not be locked: they are not deleted before it is final.
 */
@Service
@Transactional
public class EvaluationProgress implements LeaseProgress {

    private final EvaluationTaskRepository tasks;
    private final JobRepository jobs;
    private final JobFindings findings;
    private final EvaluationResults results;
    private final TaskSignals signals;
    private final Clock clock;

    EvaluationProgress(
            EvaluationTaskRepository tasks,
            JobRepository jobs,
            JobFindings findings,
            EvaluationResults results,
            TaskSignals signals,
            Clock clock) {
        this.tasks = tasks;
        this.jobs = jobs;
        this.findings = findings;
        this.results = results;
        this.signals = signals;
        this.clock = clock;
    }

    /**
     * Leases an evaluation, also one that another worker has: that one's writes are refused from now on. A job that is run
     * again just now, with another checkpoint as its result, draws with that one.
     *
     * @return empty if there is nothing to do: the evaluation is final or gone, or was to be canceled and now is
     */
    public Optional<LeasedEvaluation> lease(UUID id) {
        EvaluationTask task = tasks.findLockedById(id).orElse(null);
        if (task == null || task.status().isFinal()) {
            return Optional.empty();
        }
        int attempt = task.lease(clock.instant());
        if (task.isCancelRequested()) {
            task.cancel(attempt, clock.instant());
            return Optional.empty();
        }
        return Optional.of(new LeasedEvaluation(new Lease(id, attempt), task.imagesAtOnce(), jobs(task.spec())));
    }

    private List<EvaluatedJob> jobs(EvaluationSpec spec) {
        List<EvaluatedJob> evaluated = new ArrayList<>();
        for (UUID id : spec.jobIds()) {
            Job job = jobs.findById(id).orElseThrow();
            KeptCheckpoint weights = findings.resultWeights(job);
            evaluated.add(new EvaluatedJob(
                    id,
                    job.subjectId(),
                    job.classWord(),
                    job.spec(),
                    findings.baseWeights(job),
                    new JobWeights(weights.fileSha256(), weights.step()),
                    rows(spec, evaluated.size(), job)));
        }
        // Stable: where the base model is the same, the request's order stays.
        evaluated.sort(Comparator.comparing(it -> it.spec().model()));
        return evaluated;
    }

    private static List<PlannedRow> rows(EvaluationSpec spec, int place, Job job) {
        List<PlannedRow> rows = new ArrayList<>();
        for (String sampler : spec.samplers()) {
            for (int steps : spec.steps()) {
                int position = place * spec.rowsOfJob() + rows.size();
                rows.add(new PlannedRow(position, spec.sampling(job.spec().sampling(), sampler, steps)));
            }
        }
        return rows;
    }

    public void start(Lease lease) {
        write(lease, EvaluationTask::start);
    }

    /**
     * How many of the images are drawn. Meant for about once a second, not for every step.
     *
     * @param etaSeconds until the evaluation is final, or null while nobody can tell
     */
    public void progress(Lease lease, int step, int total, @Nullable Integer etaSeconds) {
        write(lease, (task, attempt) -> task.progress(attempt, step, total, etaSeconds));
    }

    /** Keeps an image of a row that is not finished. */
    public void addImage(Lease lease, NewEvaluationImage image) {
        write(lease, (task, attempt) -> results.add(task.id(), image));
    }

    /** A row is finished: its images are there. */
    public void addRow(Lease lease, NewEvaluationRow row) {
        write(lease, (task, attempt) -> results.add(task.id(), row));
    }

    public void succeed(Lease lease) {
        write(lease, (task, attempt) -> task.succeed(attempt, clock.instant()));
    }

    @Override
    public void fail(Lease lease, Failure failure) {
        write(lease, (task, attempt) -> task.fail(attempt, failure, clock.instant()));
    }

    @Override
    public boolean outOfMemory(Lease lease) {
        EvaluationTask task = locked(lease);
        task.outOfMemory(clock.instant());
        return !task.status().isFinal();
    }

    /** The worker has stopped as it was asked to. */
    @Override
    public void canceled(Lease lease) {
        write(lease, (task, attempt) -> task.cancel(attempt, clock.instant()));
    }

    /** The worker is about to leave; the evaluation waits for another one. */
    @Override
    public void giveBack(Lease lease) {
        write(lease, EvaluationTask::giveBack);
    }

    @Override
    public boolean workerLost(UUID id, boolean killedForMemory) {
        EvaluationTask task = tasks.findLockedById(id).orElse(null);
        if (task == null) {
            return false;
        }
        if (killedForMemory) {
            task.outOfMemory(clock.instant());
        } else {
            task.workerLost(clock.instant());
        }
        return !task.status().isFinal();
    }

    /** What the worker is to do next. One select, without a lock. */
    @Override
    @Transactional(readOnly = true)
    public Signal signal(Lease lease) {
        return signals.evaluation(lease);
    }

    private void write(Lease lease, BiConsumer<EvaluationTask, Integer> change) {
        change.accept(locked(lease), lease.attempt());
    }

    private EvaluationTask locked(Lease lease) {
        EvaluationTask task = tasks.findLockedById(lease.taskId())
                .orElseThrow(() -> new LeaseLostException(lease.taskId(), lease.attempt()));
        task.check(lease.attempt());
        return task;
    }
}
