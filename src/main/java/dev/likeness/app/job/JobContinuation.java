package dev.likeness.app.job;

import dev.likeness.app.memory.MemoryPlanning;
import dev.likeness.app.memory.PlanDoesNotFitException;
import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.spec.SpecBinder;
import dev.likeness.app.spec.SpecRules;
import dev.likeness.app.spec.TrainingSpec;
import dev.likeness.app.task.QuotaExceededException;
import dev.likeness.app.task.UnknownIdException;
import dev.likeness.app.task.UnknownIdException.Kind;
import dev.likeness.app.task.WrongStateException;
import dev.likeness.diffusion.method.PivotalTuning;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Continues the training of a job in a new one with more steps. The new job has the settings, pictures and captions of the
 * first one, and begins with its weights, optimizer and step. Random numbers are functions of the seed and the step, so the
 * losses are those of a job that was submitted with all steps.
 */
@Service
@Transactional
public class JobContinuation {

    /** The settings that a memory saving would change, and the losses with them. */
    private static final Set<String> FIXED =
            Set.of("batch_size", "gradient_accumulation", "gradient_checkpointing", "optimizer", "train_text_encoder");

    private static final String STEPS = "steps";

    private final JobRepository jobs;
    private final JobSpecs specs;
    private final JobIntake intake;
    private final MemoryPlanning planning;
    private final TrainingStates states;
    private final SpecBinder binder;

    JobContinuation(
            JobRepository jobs,
            JobSpecs specs,
            JobIntake intake,
            MemoryPlanning planning,
            TrainingStates states,
            SpecBinder binder) {
        this.jobs = jobs;
        this.specs = specs;
        this.intake = intake;
        this.planning = planning;
        this.states = states;
        this.binder = binder;
    }

    /**
     * Checks that a job can be continued, before anything else of a request is checked.
     *
     * @throws UnknownIdException if the job does not exist
     * @throws WrongStateException if the job is not final
     * @throws TrainingStateGoneException if its state is not kept
     */
    @Transactional(readOnly = true)
    public void check(UUID id) {
        state(jobs.findById(id).orElseThrow(() -> new UnknownIdException(Kind.JOB, id)));
    }

    /**
     * Submits a job that continues another one.
     *
     * @param steps that it trains after those of the other job, at least 1
     * @throws UnknownIdException if the job does not exist
     * @throws WrongStateException if the job is not final
     * @throws TrainingStateGoneException if its state is not kept
     * @throws InvalidSpecException if there would be too many steps, if the learning rates of the steps so far depend on
     *     their total number, or if something that the settings refer to does not exist any more
     * @throws PlanDoesNotFitException if the job needs more memory than any active worker has
     * @throws QuotaExceededException if the current owner has as many unfinished jobs as allowed
     */
    public Job submit(UUID id, int steps) {
        Job before = jobs.findLockedById(id).orElseThrow(() -> new UnknownIdException(Kind.JOB, id));
        KeptCheckpoint state = state(before);
        JobDraft draft = draft(before, state.step(), steps);
        Job job = intake.submit(before.subjectId(), draft, before.captions());
        job.continueFrom(id, state.step());
        states.pass(state, job);
        return job;
    }

    private KeptCheckpoint state(Job job) {
        if (!job.status().isFinal()) {
            throw new WrongStateException(job.id(), job.status(), "continued");
        }
        return states.find(job.id()).orElseThrow(() -> gone(job));
    }

    private static TrainingStateGoneException gone(Job job) {
        @Nullable TrainingState state = job.trainingState();
        if (state == null) {
            return new TrainingStateGoneException(
                    job.id(), false, "its training did not end, or ended under a release that kept none");
        }
        return switch (state.status()) {
            case KEPT, EXPIRED ->
                new TrainingStateGoneException(
                        job.id(),
                        true,
                        "it was kept until %s (likeness.training-state.keep)".formatted(state.keptUntil()));
            case OVER_QUOTA ->
                new TrainingStateGoneException(
                        job.id(),
                        true,
                        "newer training states needed its space (likeness.training-state.max-size-per-owner)");
            case TOO_LARGE ->
                new TrainingStateGoneException(
                        job.id(),
                        false,
                        "it has %d bytes, which is more than likeness.training-state.max-size".formatted(state.size()));
            case NOT_STORED ->
                new TrainingStateGoneException(
                        job.id(), false, "it was not stored (likeness.training-state.keep, or the job's log says why)");
        };
    }

    private JobDraft draft(Job before, int done, int steps) {
        if (steps < 1 || steps > TrainingSpec.MOST_STEPS - done) {
            throw refuse(
                    steps < 1 ? "greater_than_equal" : "less_than_equal",
                    "must be from 1 to %d: the job has trained %d steps, and a training has at most %d"
                            .formatted(TrainingSpec.MOST_STEPS - done, done, TrainingSpec.MOST_STEPS));
        }
        ObjectNode tree = binder.tree(before.spec());
        ((ObjectNode) tree.get("training")).put(STEPS, done + steps);
        keepPhases(before.spec(), (ObjectNode) tree.get("pivotal_tuning"), done + steps);
        JobSpec spec = specs.recheck(tree, before.classWord());
        SpecRules.changedRate(before.spec().training(), spec.training(), done).ifPresent(why -> {
            throw refuse("value_error", why);
        });
        return planning.plan(spec, fixed(tree))
                .map(planned -> new JobDraft(before.classWord(), planned.spec(), planned.memory()))
                .orElse(new JobDraft(before.classWord(), spec, null));
    }

    /** The pivot stays at its step, so it is another share of the steps. */
    private static void keepPhases(JobSpec before, ObjectNode pivotal, int steps) {
        if (before.trainingMethod() != PivotalTuning.TYPE) {
            return;
        }
        if (before.pivotalTuning().embeddingsUntil() < 1) {
            pivotal.put("embeddings_until", share(before.pivotalTuning().embeddingsUntil(), before, steps));
        }
        pivotal.put("adapter_from", share(before.pivotalTuning().adapterFrom(), before, steps));
    }

    private static double share(double share, JobSpec before, int steps) {
        return (double) PivotalTuning.Settings.step(share, before.steps()) / steps;
    }

    private static ObjectNode fixed(ObjectNode spec) {
        ObjectNode fixed = spec.objectNode();
        fixed.set("training", ((ObjectNode) spec.get("training")).deepCopy().retain(FIXED));
        return fixed;
    }

    private static InvalidSpecException refuse(String type, String message) {
        return new InvalidSpecException(List.of(new Violation(List.of(STEPS), message, type, Map.of())));
    }
}
