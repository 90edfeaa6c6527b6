package dev.likeness.app.evaluation;

import dev.likeness.app.evaluation.LeasedEvaluation.EvaluatedJob;
import dev.likeness.app.evaluation.LeasedEvaluation.PlannedRow;
import dev.likeness.app.job.Job;
import dev.likeness.app.job.JobCheckpoints;
import dev.likeness.app.job.JobRepository;
import dev.likeness.app.job.JobWeights;
import dev.likeness.app.job.KeptCheckpoint;
import dev.likeness.app.task.Lease;
import dev.likeness.app.task.TaskProgress;
import dev.likeness.app.task.TaskRef;
import dev.likeness.app.task.TaskSignals;
import dev.likeness.diffusion.schedule.Sampler;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Processes workers' reports about evaluations. The rows of the jobs need no lock, because a job is not deleted while
 * an unfinished evaluation uses it.
 */
@Service
@Transactional
public class EvaluationProgress extends TaskProgress<Evaluation, LeasedEvaluation> {

    private final JobRepository jobs;
    private final JobCheckpoints checkpoints;
    private final EvaluationResults results;

    EvaluationProgress(
            EvaluationRepository tasks,
            JobRepository jobs,
            JobCheckpoints checkpoints,
            EvaluationResults results,
            TaskSignals signals,
            Clock clock) {
        super(TaskRef.Kind.EVALUATION, tasks, signals, clock);
        this.jobs = jobs;
        this.checkpoints = checkpoints;
        this.results = results;
    }

    /** If a job is running again with another checkpoint as its result, the evaluation uses that checkpoint. */
    @Override
    protected LeasedEvaluation leased(Evaluation task) {
        return new LeasedEvaluation(new Lease(task.id(), task.attempt()), task.imagesAtOnce(), jobs(task.spec()));
    }

    private List<EvaluatedJob> jobs(EvaluationSpec spec) {
        List<EvaluatedJob> evaluated = new ArrayList<>();
        for (UUID id : spec.jobIds()) {
            Job job = jobs.findById(id).orElseThrow();
            KeptCheckpoint weights = checkpoints.resultWeights(job);
            evaluated.add(new EvaluatedJob(
                    id,
                    job.subjectId(),
                    job.classWord(),
                    job.spec(),
                    checkpoints.baseWeights(job),
                    new JobWeights(weights.fileSha256(), weights.step()),
                    rows(spec, evaluated.size(), job)));
        }
        // The sort is stable: jobs with the same base model stay in the request's order.
        evaluated.sort(Comparator.comparing(it -> it.spec().model()));
        return evaluated;
    }

    private static List<PlannedRow> rows(EvaluationSpec spec, int place, Job job) {
        List<PlannedRow> rows = new ArrayList<>();
        for (Sampler sampler : spec.samplers()) {
            for (int steps : spec.steps()) {
                int position = place * spec.rowsOfJob() + rows.size();
                rows.add(new PlannedRow(position, spec.plan(job.spec().sampling(), sampler, steps)));
            }
        }
        return rows;
    }

    /** Saves an image of an unfinished row. */
    public void addImage(Lease lease, NewEvaluationImage image) {
        write(lease, (task, attempt) -> results.add(task.id(), image));
    }

    /** Saves a finished row, whose images are already saved. */
    public void addRow(Lease lease, NewEvaluationRow row) {
        write(lease, (task, attempt) -> results.add(task.id(), row));
    }

    public void succeed(Lease lease) {
        write(lease, (task, attempt) -> task.succeed(attempt, now()));
    }

    @Override
    protected void runWithLess(Evaluation task) {
        task.outOfMemory(now());
    }
}
