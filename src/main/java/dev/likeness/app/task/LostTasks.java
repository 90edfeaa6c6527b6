package dev.likeness.app.task;

import org.springframework.stereotype.Component;

/** Decides what happens to tasks whose workers are gone. */
@Component
public class LostTasks {

    private final TaskTypes types;

    LostTasks(TaskTypes types) {
        this.types = types;
    }

    /** Whether a task that a worker has finished was queued again meanwhile, because another checkpoint was chosen. */
    public boolean waitsAgain(TaskRef task) {
        return types.of(task.kind()).progress().waitsAgain(task.id());
    }

    /**
     * The worker that had the task is gone.
     *
     * @param killedForMemory whether the kernel has killed it because there was no memory left
     * @return whether the task waits for another worker now; otherwise it is final, or gone
     */
    public boolean workerLost(TaskRef task, boolean killedForMemory) {
        return types.of(task.kind()).progress().workerLost(task.id(), killedForMemory);
    }
}
