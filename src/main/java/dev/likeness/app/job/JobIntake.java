package dev.likeness.app.job;

import dev.likeness.app.memory.MemoryPlanning;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.spec.Preset;
import dev.likeness.app.spec.PromptList;
import dev.likeness.app.subject.Subject;
import dev.likeness.app.subject.Subjects;
import dev.likeness.app.task.TaskQueue;
import dev.likeness.app.task.TaskRef;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Lets jobs in. */
@Component
class JobIntake {

    private final JobRepository jobs;
    private final JobSpecs specs;
    private final MemoryPlanning planning;
    private final Subjects subjects;
    private final JobQuota quota;
    private final TaskQueue queue;
    private final Clock clock;

    JobIntake(
            JobRepository jobs,
            JobSpecs specs,
            MemoryPlanning planning,
            Subjects subjects,
            JobQuota quota,
            TaskQueue queue,
            Clock clock) {
        this.jobs = jobs;
        this.specs = specs;
        this.planning = planning;
        this.subjects = subjects;
        this.quota = quota;
        this.queue = queue;
        this.clock = clock;
    }

    JobDraft draft(@Nullable String classWord, ObjectNode spec) {
        JobDraft draft = specs.resolve(classWord, spec);
        return planning.plan(draft.spec(), spec)
                .map(planned -> new JobDraft(draft.classWord(), planned.spec(), planned.memory()))
                .orElse(draft);
    }

    /** What the job refers to stays locked until it is in. */
    Job submit(UUID subjectId, JobDraft draft) {
        quota.claim();
        UUID base = draft.spec().baseJobId();
        if (base != null) {
            Job below = jobs.findLockedById(base)
                    .orElseThrow(() -> new InvalidSpecException(List.of(BaseJobs.missing(base))));
            BaseJobs.checkStatus(below).ifPresent(it -> {
                throw new InvalidSpecException(List.of(it));
            });
        }
        Subject subject = subjects.lock(subjectId);
        Job job = jobs.save(new Job(
                subjectId, draft, draft.captions(subject.pictures().size(), subject.captions()), clock.instant()));
        queue.enqueue(new TaskRef(TaskRef.Kind.JOB, job.id()));
        return job;
    }

    List<Preset> presets() {
        return specs.presets();
    }

    List<PromptList> promptLists() {
        return specs.promptLists();
    }
}
