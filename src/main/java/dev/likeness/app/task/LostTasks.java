package dev.likeness.app.task;

import org.springframework.stereotype.Component;

/** Decides what happens to tasks of lost workers. */
@Component
public class LostTasks {

    private final TaskTypes types;

    LostTasks(TaskTypes types) {
        this.types = types;
    }

    /** Whether a task was queued again after a worker finished it, because another checkpoint was chosen. */
    public boolean waitsAgain(TaskRef task) {
        return types.of(task.kind()).progress().waitsAgain(task.id());
    }

    /**
     * The task's worker is lost.
     *
     * @param killedForMemory whether the kernel killed it because memory ran out
     * @return whether the task is queued for another worker; otherwise it is final or deleted
     */
    public boolean workerLost(TaskRef task, boolean killedForMemory) {
        return types.of(task.kind()).progress().workerLost(task.id(), killedForMemory);
    }
}
