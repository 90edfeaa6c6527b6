package dev.likeness.app.task;

import dev.likeness.app.security.Owners;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Sets labels and priorities of tasks, in the caller's transaction. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class TaskChanges {

    private final TaskQueue queue;

    TaskChanges(TaskQueue queue) {
        this.queue = queue;
    }

    /**
     * Checks whether the caller may give a task a priority. As with {@code nice} of Unix, every caller may let others go first.
     *
     * @param priority null for no change
     * @throws PriorityNotAllowedException if it may not
     */
    public static void check(@Nullable Integer priority) {
        if (priority != null && priority > TaskPriority.NORMAL && !Owners.mayAdminister()) {
            throw new PriorityNotAllowedException(priority);
        }
    }

    /**
     * Changes a task.
     *
     * @param labels all of its labels; null for no change
     * @param priority null for no change
     * @throws PriorityNotAllowedException if the caller may not set the priority
     * @throws WrongStateException if the task is final and gets another priority
     */
    public void apply(Task task, @Nullable Map<String, String> labels, @Nullable Integer priority) {
        if (labels != null) {
            task.label(labels);
        }
        if (priority != null && priority != task.priority()) {
            check(priority);
            if (task.status().isFinal()) {
                throw new WrongStateException(task.id(), task.status(), "given another priority");
            }
            task.prioritise(priority);
            queue.move(task.ref(), task.queuePlace());
        }
    }

    /** The labels of a task after a change of some of them: an empty value removes a label. */
    public static Map<String, String> merge(Map<String, String> labels, Map<String, Optional<String>> changes) {
        Map<String, String> merged = new TreeMap<>(labels);
        changes.forEach((key, value) -> value.ifPresentOrElse(it -> merged.put(key, it), () -> merged.remove(key)));
        return merged;
    }
}
