package dev.likeness.app.job;

import dev.likeness.app.job.JobRepository.QueuePlace;
import dev.likeness.app.job.JobRepository.SubjectJobs;
import dev.likeness.app.page.KeysetPage;
import dev.likeness.app.page.Listing;
import dev.likeness.app.task.Task;
import dev.likeness.app.task.TaskQueue;
import dev.likeness.app.task.TaskRef;
import dev.likeness.app.task.UnknownIdException;
import dev.likeness.app.task.UnknownIdException.Kind;
import dev.likeness.app.task.WrongStateException;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.data.domain.KeysetScrollPosition;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** A client's operations on jobs. */
@Service
@Transactional
public class Jobs {

    /** Counting more would make every query of a job slower when many jobs wait. */
    private static final int QUEUE_PLACES = 1_000;

    private final JobRepository jobs;
    private final TaskQueue queue;
    private final JobRemoval removal;
    private final Clock clock;

    Jobs(JobRepository jobs, TaskQueue queue, JobRemoval removal, Clock clock) {
        this.jobs = jobs;
        this.queue = queue;
        this.removal = removal;
        this.clock = clock;
    }

    /**
     * Changes what a client says about a job besides its settings.
     *
     * @throws UnknownIdException unless there is such a job
     */
    public Job change(UUID id, Consumer<Task> change) {
        Job task = locked(id);
        change.accept(task);
        return jobs.save(task);
    }

    /**
     * The current state of a job.
     *
     * @throws UnknownIdException unless there is such a job
     */
    @Transactional(readOnly = true)
    public Job get(UUID id) {
        return jobs.findById(id).orElseThrow(() -> new UnknownIdException(Kind.JOB, id));
    }

    /** The filter's jobs beyond a position, in its direction. */
    @Transactional(readOnly = true)
    public KeysetPage<Job> page(JobFilter filter, KeysetScrollPosition from, int limit) {
        return Listing.page(jobs, filter.specification(), from, limit);
    }

    /** Whether any job uses this base model. */
    @Transactional(readOnly = true)
    public boolean anyUses(String model) {
        return jobs.existsByModel(model);
    }

    /** Numbers of jobs of those subjects that have any. */
    @Transactional(readOnly = true)
    public Map<UUID, Integer> countBySubject(Collection<UUID> subjects) {
        return jobs.countBySubject(subjects).stream().collect(Collectors.toMap(SubjectJobs::id, it -> (int) it.jobs()));
    }

    /**
     * Cancels a waiting job at once, and asks the worker of a running one to stop.
     *
     * @throws WrongStateException if the job is final
     */
    public Job cancel(UUID id) {
        Job job = locked(id);
        job.requestCancel(clock.instant());
        if (job.status().isFinal()) {
            queue.remove(new TaskRef(TaskRef.Kind.JOB, id));
        }
        jobs.save(job);
        return job;
    }

    /**
     * Deletes a job with all of its results. Also deletes its subject if that was uploaded with a job and this was its
     * last job.
     *
     * @throws WrongStateException if a worker has leased the job: it must be canceled first
     * @throws BaseJobException if other jobs are trained on top of its result
     * @throws JobInUseException if other unfinished work needs its result
     */
    public void delete(UUID id) {
        Job job = locked(id);
        if (job.status().isLeased()) {
            throw new WrongStateException(id, job.status(), "deleted");
        }
        if (jobs.existsByBaseJobId(id)) {
            throw new BaseJobException(id);
        }
        removal.remove(job);
    }

    /** Positions of those jobs that are among the next {@value #QUEUE_PLACES} waiting ones, 1 for the next one. */
    @Transactional(readOnly = true)
    public Map<UUID, Integer> queuePositions(Collection<UUID> ids) {
        return jobs.findQueuePlaces(ids, QUEUE_PLACES).stream()
                .collect(Collectors.toMap(QueuePlace::id, it -> (int) it.place()));
    }

    private Job locked(UUID id) {
        return jobs.findLockedById(id).orElseThrow(() -> new UnknownIdException(Kind.JOB, id));
    }
}
