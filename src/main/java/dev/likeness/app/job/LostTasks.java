package dev.likeness.app.job;

import org.springframework.stereotype.Component;

/** What becomes of tasks whose workers are gone. */
@Component
public class LostTasks {

    private final JobProgress jobs;
    private final GenerationProgress generations;
    private final CaptionProgress captions;
    private final EvaluationProgress evaluations;

    LostTasks(
            JobProgress jobs,
            GenerationProgress generations,
            CaptionProgress captions,
            EvaluationProgress evaluations) {
        this.jobs = jobs;
        this.generations = generations;
        this.captions = captions;
        this.evaluations = evaluations;
    }

    /** Whether a job that was worked on to its end waits again, because other weights of it were chosen since. */
    public boolean waitsAgain(JobTask task) {
        return task.kind() == JobTask.Kind.JOB && jobs.waitsAgain(task.id());
    }

    /**
     * The worker that had the task is gone.
     *
     * @param killedForMemory whether the kernel has killed it because there was no memory left
     * @return whether the task waits for another worker now; otherwise it is final, or gone
     */
    public boolean workerLost(JobTask task, boolean killedForMemory) {
        return switch (task.kind()) {
            case JOB -> jobs.workerLost(task.id(), killedForMemory);
            case GENERATION -> generations.workerLost(task.id(), killedForMemory);
            case CAPTIONS -> captions.workerLost(task.id(), killedForMemory);
            case EVALUATION -> evaluations.workerLost(task.id(), killedForMemory);
        };
    }
}
