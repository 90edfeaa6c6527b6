package dev.likeness.app.worker.evaluation;

import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.evaluation.EvaluationImage;
import dev.likeness.app.evaluation.EvaluationProgress;
import dev.likeness.app.evaluation.EvaluationResults;
import dev.likeness.app.evaluation.EvaluationRow;
import dev.likeness.app.evaluation.LeasedEvaluation;
import dev.likeness.app.queue.TaskHandler.Outcome;
import dev.likeness.app.subject.Subjects;
import dev.likeness.app.task.TaskRef;
import dev.likeness.app.worker.InWorker;
import dev.likeness.app.worker.WorkerSettings;
import dev.likeness.app.worker.evaluation.EvaluationRun.Store;
import dev.likeness.app.worker.image.WarmPipeline;
import dev.likeness.app.worker.task.DurableWriter;
import dev.likeness.app.worker.task.Forecast;
import dev.likeness.app.worker.task.LeasedWork;
import dev.likeness.app.worker.task.Pictures;
import dev.likeness.app.worker.task.ProgressMeter;
import dev.likeness.app.worker.task.TaskControl;
import dev.likeness.app.worker.task.TaskRunner;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Fills tables of scores over finished jobs, row by row. */
@InWorker
@Component
class EvaluationRunner implements TaskRunner {

    private final EvaluationProgress progress;
    private final EvaluationResults results;
    private final WarmPipeline warm;
    private final WorkerSettings settings;
    private final Store store;

    EvaluationRunner(
            EvaluationProgress progress,
            EvaluationResults results,
            Subjects subjects,
            ArtifactStore artifacts,
            Pictures pictures,
            DurableWriter durable,
            WarmPipeline warm,
            WorkerSettings settings) {
        this.progress = progress;
        this.results = results;
        this.warm = warm;
        this.settings = settings;
        this.store = new Store(progress, results, subjects, artifacts, pictures, durable);
    }

    @Override
    public TaskRef.Kind kind() {
        return TaskRef.Kind.EVALUATION;
    }

    @Override
    public Outcome run(UUID id, BooleanSupplier leaving) {
        DurableWriter durable = store.durable();
        Optional<LeasedEvaluation> leased = durable.read(() -> progress.lease(id));
        if (leased.isEmpty()) {
            return Outcome.DONE;
        }
        LeasedEvaluation evaluation = leased.get();
        LeasedWork work = new LeasedWork(evaluation.lease(), progress, durable);
        TaskControl control = work.control(leaving);
        EvaluationRun run = new EvaluationRun(evaluation, store, warm, control, meter(evaluation));
        return work.run(run::model, warm::close, control, () -> {
            durable.write(() -> progress.start(evaluation.lease()));
            run.begin(finished(id), generated(id));
            evaluation.jobs().forEach(run::fill);
            durable.write(() -> progress.succeed(evaluation.lease()));
        });
    }

    private ProgressMeter meter(LeasedEvaluation evaluation) {
        return new ProgressMeter(
                settings.reportEvery(),
                new Forecast(evaluation.images(), 0),
                (done, all, eta) -> store.durable().write(() -> progress.progress(evaluation.lease(), done, all, eta)));
    }

    /** Rows that an earlier attempt has finished. */
    private Set<Integer> finished(UUID id) {
        return store.durable().read(() -> results.rows(id)).stream()
                .map(EvaluationRow::position)
                .collect(Collectors.toSet());
    }

    private List<EvaluationImage> generated(UUID id) {
        return store.durable().read(() -> results.images(id));
    }
}
