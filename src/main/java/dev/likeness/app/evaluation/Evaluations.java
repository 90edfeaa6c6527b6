package dev.likeness.app.evaluation;

import dev.likeness.app.job.Job;
import dev.likeness.app.job.JobRepository;
import dev.likeness.app.page.KeysetPage;
import dev.likeness.app.page.Listing;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.task.Label;
import dev.likeness.app.task.LabelCondition;
import dev.likeness.app.task.Task;
import dev.likeness.app.task.TaskQueue;
import dev.likeness.app.task.TaskRef;
import dev.likeness.app.task.UnknownIdException;
import dev.likeness.app.task.UnknownIdException.Kind;
import dev.likeness.app.task.WrongStateException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.data.domain.KeysetScrollPosition;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.node.ObjectNode;

/** A client's operations on tables of scores over finished jobs. */
@Service
@Transactional
public class Evaluations {

    private final EvaluationRepository tasks;
    private final JobRepository jobs;
    private final EvaluationSpecs specs;
    private final EvaluatedJobs evaluated;
    private final EvaluationResults results;
    private final TaskQueue queue;
    private final Clock clock;

    Evaluations(
            EvaluationRepository tasks,
            JobRepository jobs,
            EvaluationSpecs specs,
            EvaluatedJobs evaluated,
            EvaluationResults results,
            TaskQueue queue,
            Clock clock) {
        this.tasks = tasks;
        this.jobs = jobs;
        this.specs = specs;
        this.evaluated = evaluated;
        this.results = results;
        this.queue = queue;
        this.clock = clock;
    }

    /**
     * Requests a table over finished jobs.
     *
     * @param request {@link EvaluationSpec}; only its jobs are required
     * @throws InvalidSpecException if a job does not exist or has not succeeded, or cannot generate these images
     */
    public Evaluation submit(ObjectNode request) {
        EvaluationSpec spec = specs.resolve(request);
        specs.check(spec, lock(spec.jobIds()));
        Evaluation task = tasks.saveAndFlush(new Evaluation(spec, clock.instant()));
        evaluated.add(task.id(), spec.jobIds());
        queue.enqueue(new TaskRef(TaskRef.Kind.EVALUATION, task.id()));
        return task;
    }

    /** Makes deletions of the jobs wait. The order is always the same, which prevents deadlocks. */
    private Map<UUID, Job> lock(List<UUID> ids) {
        Map<UUID, Job> locked = new HashMap<>();
        ids.stream().sorted().forEach(id -> jobs.findLockedById(id).ifPresent(job -> locked.put(id, job)));
        return locked;
    }

    /**
     * Cancels a waiting evaluation at once, and asks the worker of a running one to stop.
     *
     * @throws UnknownIdException unless there is such an evaluation
     * @throws WrongStateException if the evaluation is final
     */
    public Evaluation cancel(UUID id) {
        Evaluation task = locked(id);
        task.requestCancel(clock.instant());
        if (task.status().isFinal()) {
            queue.remove(task.ref());
        }
        return tasks.save(task);
    }

    /**
     * Deletes an evaluation with its rows and images. Its jobs stay.
     *
     * @throws UnknownIdException unless there is such an evaluation
     * @throws WrongStateException if a worker has leased it: it must be canceled first
     */
    public void delete(UUID id) {
        Evaluation task = locked(id);
        if (task.status().isLeased()) {
            throw new WrongStateException(id, task.status(), "deleted");
        }
        results.release(id);
        queue.remove(new TaskRef(TaskRef.Kind.EVALUATION, id));
        tasks.deleteById(id);
    }

    /**
     * Changes what a client says about an evaluation besides its settings.
     *
     * @throws UnknownIdException unless there is such an evaluation
     */
    public Evaluation change(UUID id, Consumer<Task> change) {
        Evaluation task = locked(id);
        change.accept(task);
        return tasks.save(task);
    }

    /**
     * The current state of an evaluation.
     *
     * @throws UnknownIdException unless there is such an evaluation
     */
    @Transactional(readOnly = true)
    public Evaluation get(UUID id) {
        return tasks.findById(id).orElseThrow(() -> new UnknownIdException(Kind.EVALUATION, id));
    }

    /** Evaluations with all of some labels beyond a position, in its direction. */
    @Transactional(readOnly = true)
    public KeysetPage<Evaluation> page(List<Label> labels, KeysetScrollPosition from, int limit) {
        return Listing.page(tasks, (task, query, builder) -> LabelCondition.of(labels, task, builder), from, limit);
    }

    private Evaluation locked(UUID id) {
        return tasks.findLockedById(id).orElseThrow(() -> new UnknownIdException(Kind.EVALUATION, id));
    }
}
