package dev.likeness.app.web.task;

import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.task.Labels;
import dev.likeness.app.task.PriorityNotAllowedException;
import dev.likeness.app.task.Task;
import dev.likeness.app.task.TaskChanges;
import dev.likeness.app.task.WrongStateException;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A change of a task, in the manner of JSON Merge Patch (RFC 7396).
 *
 * @param labels to set, or to remove without a value; null for no change
 * @param priority null for no change
 */
public record TaskChange(
        @Nullable Map<String, Optional<String>> labels,
        @Nullable Integer priority) {

    /** @throws InvalidSpecException if a field is invalid or unknown */
    public static TaskChange read(ObjectNode body) {
        OptionReader reader = new OptionReader(body.deepCopy());
        TaskChange change = new TaskChange(reader.labels(true), reader.priority());
        reader.refuseOthers();
        reader.end();
        return change;
    }

    /**
     * Changes a task, in the caller's transaction.
     *
     * @throws InvalidSpecException if the task would have too many labels
     * @throws PriorityNotAllowedException if the caller may not set the priority
     * @throws WrongStateException if the task is final and gets another priority
     */
    void apply(Task task, TaskChanges changes) {
        Map<String, String> merged = labels == null ? null : TaskChanges.merge(task.labels(), labels);
        if (merged != null && merged.size() > Labels.MOST) {
            throw new InvalidSpecException(List.of(new Violation(
                    List.of(TaskOptions.LABELS),
                    "must be at most %d together with those that the task has".formatted(Labels.MOST),
                    "too_long")));
        }
        changes.apply(task, merged, priority);
    }

    /** The request in the OpenAPI document. */
    @Schema(name = "TaskChange")
    public record Described(
            Map<String, @Nullable String> labels,

            @Schema(minimum = "-10", maximum = "10") Integer priority) {}
}
