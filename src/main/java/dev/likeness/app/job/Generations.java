package dev.likeness.app.job;

import dev.likeness.app.job.UnknownIdException.Kind;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.node.ObjectNode;

/** What a client does with generations. */
@Service
@Transactional
public class Generations {

    private final GenerationRepository generations;
    private final JobRepository jobs;
    private final JobSpecs specs;
    private final JobQueue queue;
    private final Clock clock;

    Generations(GenerationRepository generations, JobRepository jobs, JobSpecs specs, JobQueue queue, Clock clock) {
        this.generations = generations;
        this.jobs = jobs;
        this.specs = specs;
        this.queue = queue;
        this.clock = clock;
    }

    /**
     * Asks for more images from a finished job.
     *
     * @param request any part of {@link JobSpec.Sampling}; the rest is as in the job's own spec
     * @throws UnknownIdException if there is no such job
     * @throws WrongStateException if the job has not succeeded
     * @throws InvalidSpecException if the images cannot be drawn as asked for
     */
    public Generation submit(UUID jobId, ObjectNode request) {
        Job job = jobs.findLockedById(jobId).orElseThrow(() -> new UnknownIdException(Kind.JOB, jobId));
        if (job.status() != JobStatus.SUCCEEDED) {
            throw new WrongStateException(jobId, job.status(), "drawn from");
        }
        Generation generation =
                generations.save(new Generation(jobId, specs.resolveSampling(job, request), clock.instant()));
        queue.enqueue(new JobTask(JobTask.Kind.GENERATION, generation.id()));
        return generation;
    }

    /**
     * Cancels a waiting generation at once, and asks the worker of a running one to stop.
     *
     * @throws UnknownIdException if there is none
     * @throws WrongStateException if it is final
     */
    public Generation cancel(UUID id) {
        Generation generation =
                generations.findLockedById(id).orElseThrow(() -> new UnknownIdException(Kind.GENERATION, id));
        generation.requestCancel(clock.instant());
        if (generation.status().isFinal()) {
            queue.remove(new JobTask(JobTask.Kind.GENERATION, id));
        }
        return generation;
    }

    /**
     * A generation as it is now.
     *
     * @throws UnknownIdException if there is none
     */
    @Transactional(readOnly = true)
    public Generation get(UUID id) {
        return generations.findById(id).orElseThrow(() -> new UnknownIdException(Kind.GENERATION, id));
    }
}
