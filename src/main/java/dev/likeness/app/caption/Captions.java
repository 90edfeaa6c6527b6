package dev.likeness.app.caption;

import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.subject.Subject;
import dev.likeness.app.subject.Subjects;
import dev.likeness.app.subject.UnknownSubjectException;
import dev.likeness.app.task.Task;
import dev.likeness.app.task.TaskQueue;
import dev.likeness.app.task.TaskRef;
import dev.likeness.app.task.UnknownIdException;
import dev.likeness.app.task.UnknownIdException.Kind;
import dev.likeness.app.task.WrongStateException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.node.ObjectNode;

/** A client's operations on captions of a subject. */
@Service
@Transactional
public class Captions {

    private final CaptionRunRepository tasks;
    private final Subjects subjects;
    private final CaptionSpecs specs;
    private final TaskQueue queue;
    private final Clock clock;

    Captions(CaptionRunRepository tasks, Subjects subjects, CaptionSpecs specs, TaskQueue queue, Clock clock) {
        this.tasks = tasks;
        this.subjects = subjects;
        this.specs = specs;
        this.queue = queue;
        this.clock = clock;
    }

    /**
     * Requests a caption of each picture. The results become the subject's captions, unless other captions were set in
     * the meantime.
     *
     * @param request any part of {@link CaptionSpec}
     * @throws UnknownSubjectException if the subject does not exist
     * @throws InvalidSpecException if pictures cannot be described with these settings
     */
    public CaptionRun submit(UUID subjectId, ObjectNode request) {
        Subject subject = subjects.lock(subjectId);
        CaptionRun task = tasks.save(new CaptionRun(subject.id(), specs.resolve(request), clock.instant()));
        queue.enqueue(new TaskRef(TaskRef.Kind.CAPTIONS, task.id()));
        return task;
    }

    /**
     * Replaces the captions by the client's.
     *
     * @param request {@link CaptionTexts}
     * @throws UnknownSubjectException if the subject does not exist
     * @throws InvalidSpecException unless there is one for each picture
     */
    public Subject edit(UUID subjectId, ObjectNode request) {
        Subject subject = subjects.lock(subjectId);
        subject.caption(specs.texts(request, subject.pictures().size()), clock.instant());
        return subject;
    }

    /**
     * Cancels a waiting task at once, and asks the worker of a running one to stop.
     *
     * @throws UnknownIdException unless there is such a task
     * @throws WrongStateException if the task is final
     */
    public CaptionRun cancel(UUID id) {
        CaptionRun task = locked(id);
        task.requestCancel(clock.instant());
        if (task.status().isFinal()) {
            queue.remove(task.ref());
        }
        return tasks.save(task);
    }

    /**
     * Changes what a client says about a task besides its settings.
     *
     * @throws UnknownIdException unless there is such a task
     */
    public CaptionRun change(UUID id, Consumer<Task> change) {
        CaptionRun task = locked(id);
        change.accept(task);
        return tasks.save(task);
    }

    /**
     * The current state of a task.
     *
     * @throws UnknownIdException unless there is such a task
     */
    @Transactional(readOnly = true)
    public CaptionRun get(UUID id) {
        return tasks.findById(id).filter(this::isOwn).orElseThrow(() -> new UnknownIdException(Kind.CAPTIONS, id));
    }

    private CaptionRun locked(UUID id) {
        return tasks.findLockedById(id)
                .filter(this::isOwn)
                .orElseThrow(() -> new UnknownIdException(Kind.CAPTIONS, id));
    }

    /** Whether the caller owns the subject, and so the task. */
    private boolean isOwn(CaptionRun task) {
        return !subjects.find(List.of(task.subjectId())).isEmpty();
    }
}
