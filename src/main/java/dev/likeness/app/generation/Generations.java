package dev.likeness.app.generation;

import dev.likeness.app.job.Job;
import dev.likeness.app.job.JobCheckpoints;
import dev.likeness.app.job.JobRepository;
import dev.likeness.app.job.MergedAdapter;
import dev.likeness.app.page.KeysetPage;
import dev.likeness.app.page.Listing;
import dev.likeness.app.score.WeightsKind;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.spec.SamplingSpec;
import dev.likeness.app.spec.SamplingSpecs;
import dev.likeness.app.task.Label;
import dev.likeness.app.task.LabelCondition;
import dev.likeness.app.task.Task;
import dev.likeness.app.task.TaskQueue;
import dev.likeness.app.task.TaskRef;
import dev.likeness.app.task.TaskStatus;
import dev.likeness.app.task.UnknownIdException;
import dev.likeness.app.task.UnknownIdException.Kind;
import dev.likeness.app.task.WrongStateException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.data.domain.KeysetScrollPosition;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.node.ObjectNode;

/** A client's operations on generations. */
@Service
@Transactional
public class Generations {

    private final GenerationRepository generations;
    private final JobRepository jobs;
    private final SamplingSpecs samplings;
    private final GenerationAdapters adapters;
    private final JobCheckpoints checkpoints;
    private final TaskQueue queue;
    private final Clock clock;

    Generations(
            GenerationRepository generations,
            JobRepository jobs,
            SamplingSpecs samplings,
            GenerationAdapters adapters,
            JobCheckpoints checkpoints,
            TaskQueue queue,
            Clock clock) {
        this.generations = generations;
        this.jobs = jobs;
        this.samplings = samplings;
        this.adapters = adapters;
        this.checkpoints = checkpoints;
        this.queue = queue;
        this.clock = clock;
    }

    /**
     * Requests more images from a finished job.
     *
     * @param request any part of {@link SamplingSpec}, with the job's own spec as defaults; and any part of
     *     {@link RequestedWeights}
     * @throws UnknownIdException if the job does not exist
     * @throws WrongStateException if the job has not succeeded
     * @throws InvalidSpecException if the images cannot be generated with these settings
     */
    public Generation submit(UUID jobId, ObjectNode request) {
        ObjectNode sampling = request.deepCopy();
        RequestedWeights weights = adapters.take(sampling);
        List<AdapterUse> uses = weights.adapters();
        lock(jobId, uses);
        Job job = jobs.findById(jobId).orElseThrow(() -> new UnknownIdException(Kind.JOB, jobId));
        if (job.status() != TaskStatus.SUCCEEDED) {
            throw new WrongStateException(jobId, job.status(), "used to generate images");
        }
        SamplingSpec spec = samplings.resolve(job.spec(), sampling);
        int step = weights.checkpointStep() == null
                ? checkpoints.resultWeights(job).step()
                : checkpoints.requireWeights(jobId, weights.checkpointStep(), "checkpoint_step");
        List<MergedAdapter> merged = adapters.resolve(job, uses, prompts(job, spec));
        WeightsKind kind = checkpoints.requireKind(job, step, weights.weights(), "weights");
        Generation generation =
                generations.saveAndFlush(new Generation(jobId, step, kind, spec, merged, clock.instant()));
        adapters.record(generation.id(), merged);
        queue.enqueue(new TaskRef(TaskRef.Kind.GENERATION, generation.id()));
        return generation;
    }

    /** Makes deletions of the jobs wait. The order is always the same, which prevents deadlocks. */
    private void lock(UUID jobId, List<AdapterUse> uses) {
        Stream.concat(Stream.of(jobId), uses.stream().map(AdapterUse::jobId).filter(Objects::nonNull))
                .distinct()
                .sorted()
                .forEach(jobs::findLockedById);
    }

    private static List<String> prompts(Job job, SamplingSpec spec) {
        return Stream.concat(
                        spec.prompts().stream().map(it -> job.spec().expand(it, job.classWord())),
                        Stream.of(spec.negativePrompt()))
                .toList();
    }

    /**
     * Cancels a waiting generation at once, and asks the worker of a running one to stop.
     *
     * @throws UnknownIdException unless there is such a generation
     * @throws WrongStateException if the generation is final
     */
    public Generation cancel(UUID id) {
        Generation generation = locked(id);
        generation.requestCancel(clock.instant());
        if (generation.status().isFinal()) {
            queue.remove(generation.ref());
        }
        return generations.save(generation);
    }

    /**
     * Changes what a client says about a generation besides its settings.
     *
     * @throws UnknownIdException unless there is such a generation
     */
    public Generation change(UUID id, Consumer<Task> change) {
        Generation task = locked(id);
        change.accept(task);
        return generations.save(task);
    }

    /**
     * The current state of a generation.
     *
     * @throws UnknownIdException unless there is such a generation
     */
    @Transactional(readOnly = true)
    public Generation get(UUID id) {
        return generations
                .findById(id)
                .filter(this::isOwn)
                .orElseThrow(() -> new UnknownIdException(Kind.GENERATION, id));
    }

    /**
     * Generations of a job with all of some labels beyond a position, in its direction.
     *
     * @throws UnknownIdException unless there is such a job
     */
    @Transactional(readOnly = true)
    public KeysetPage<Generation> page(UUID jobId, List<Label> labels, KeysetScrollPosition from, int limit) {
        if (!jobs.existsById(jobId)) {
            throw new UnknownIdException(Kind.JOB, jobId);
        }
        return Listing.page(
                generations,
                (task, query, builder) ->
                        builder.and(builder.equal(task.get("jobId"), jobId), LabelCondition.of(labels, task, builder)),
                from,
                limit);
    }

    private Generation locked(UUID id) {
        return generations
                .findLockedById(id)
                .filter(this::isOwn)
                .orElseThrow(() -> new UnknownIdException(Kind.GENERATION, id));
    }

    /** Whether the caller owns the job, and so the generation. */
    private boolean isOwn(Generation generation) {
        return jobs.existsById(generation.jobId());
    }
}
