package dev.likeness.app.job;

import dev.likeness.app.TestDatabase;
import dev.likeness.app.caption.CaptionRun;
import dev.likeness.app.caption.CaptionRunRepository;
import dev.likeness.app.caption.CaptionSpec;
import dev.likeness.app.caption.Captions;
import dev.likeness.app.evaluation.EvaluatedJobs;
import dev.likeness.app.evaluation.Evaluation;
import dev.likeness.app.evaluation.EvaluationRepository;
import dev.likeness.app.evaluation.EvaluationSpec;
import dev.likeness.app.evaluation.Evaluations;
import dev.likeness.app.generation.Generation;
import dev.likeness.app.generation.GenerationRepository;
import dev.likeness.app.generation.Generations;
import dev.likeness.app.task.TaskQueue;
import dev.likeness.app.task.TaskRef;
import dev.likeness.app.task.TaskRef.Kind;
import dev.likeness.app.task.TaskStatus;
import dev.likeness.diffusion.schedule.Sampler;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

/** Submits tasks of every kind, and cancels and deletes them as clients do. */
public final class TestTasks {

    private static final EvaluationSpec SPEC = new EvaluationSpec(
            List.of(),
            List.of(Sampler.DDIM),
            List.of(50),
            List.of("a photo of a {subject}"),
            4,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);

    private final JobRepository jobRows;
    private final GenerationRepository generationRows;
    private final CaptionRunRepository captionRows;
    private final EvaluationRepository evaluationRows;
    private final Jobs jobs;
    private final Generations generations;
    private final Captions captions;
    private final Evaluations evaluations;
    private final EvaluatedJobs evaluated;
    private final TaskQueue queue;
    private final TestDatabase database;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final UUID subject;
    private final UUID job;

    public TestTasks(ApplicationContext context) {
        this.jobRows = context.getBean(JobRepository.class);
        this.generationRows = context.getBean(GenerationRepository.class);
        this.captionRows = context.getBean(CaptionRunRepository.class);
        this.evaluationRows = context.getBean(EvaluationRepository.class);
        this.jobs = context.getBean(Jobs.class);
        this.generations = context.getBean(Generations.class);
        this.captions = context.getBean(Captions.class);
        this.evaluations = context.getBean(Evaluations.class);
        this.evaluated = context.getBean(EvaluatedJobs.class);
        this.queue = context.getBean(TaskQueue.class);
        this.database = TestDatabase.of(context);
        this.clock = context.getBean(Clock.class);
        this.transaction = context.getBean(TransactionTemplate.class);
        TestJobs rows = new TestJobs(context);
        this.subject = rows.subject();
        this.job = rows.job(subject, TestJobs.spec());
    }

    /** Submits a waiting task. */
    public TaskRef submit(Kind kind) {
        return transaction.execute(status -> {
            TaskRef task = new TaskRef(kind, save(kind));
            queue.enqueue(task);
            return task;
        });
    }

    private UUID save(Kind kind) {
        return switch (kind) {
            case JOB ->
                jobRows.save(new Job(
                                subject, new JobDraft("teapot", TestJobs.spec(), null), List.of(), clock.instant()))
                        .id();
            case GENERATION ->
                generationRows
                        .saveAndFlush(
                                new Generation(job, 20, null, TestJobs.spec().sampling(), List.of(), clock.instant()))
                        .id();
            case CAPTIONS ->
                captionRows
                        .save(new CaptionRun(subject, CaptionSpec.defaults("tests/blip"), clock.instant()))
                        .id();
            case EVALUATION -> {
                Evaluation task = evaluationRows.saveAndFlush(new Evaluation(SPEC, clock.instant()));
                evaluated.add(task.id(), List.of(job));
                yield task.id();
            }
        };
    }

    public TaskStatus cancel(TaskRef task) {
        return switch (task.kind()) {
            case JOB -> jobs.cancel(task.id()).status();
            case GENERATION -> generations.cancel(task.id()).status();
            case CAPTIONS -> captions.cancel(task.id()).status();
            case EVALUATION -> evaluations.cancel(task.id()).status();
        };
    }

    /** Deletes a task that can be deleted by itself. */
    public void delete(TaskRef task) {
        switch (task.kind()) {
            case JOB -> jobs.delete(task.id());
            case EVALUATION -> evaluations.delete(task.id());
            case GENERATION, CAPTIONS -> throw new IllegalArgumentException("goes with its job or subject");
        }
    }

    /** Number of waiting tasks of all kinds. */
    public int waiting() {
        return database.waitingTasks(job);
    }
}
