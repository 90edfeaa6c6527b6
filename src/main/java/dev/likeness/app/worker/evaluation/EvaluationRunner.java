package dev.likeness.app.worker.evaluation;

import dev.likeness.app.evaluation.EvaluationProgress;
import dev.likeness.app.evaluation.LeasedEvaluation;
import dev.likeness.app.queue.TaskHandler.Outcome;
import dev.likeness.app.task.TaskRef;
import dev.likeness.app.worker.InWorker;
import dev.likeness.app.worker.WorkerSettings;
import dev.likeness.app.worker.image.WarmPipeline;
import dev.likeness.app.worker.task.DurableWriter;
import dev.likeness.app.worker.task.Forecast;
import dev.likeness.app.worker.task.LeasedWork;
import dev.likeness.app.worker.task.ProgressMeter;
import dev.likeness.app.worker.task.TaskControl;
import dev.likeness.app.worker.task.TaskRunner;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/** Fills tables of scores over finished jobs, row by row. */
@InWorker
@Component
class EvaluationRunner implements TaskRunner {

    private final EvaluationProgress progress;
    private final EvaluationStore store;
    private final DurableWriter durable;
    private final WarmPipeline warm;
    private final WorkerSettings settings;

    EvaluationRunner(
            EvaluationProgress progress,
            EvaluationStore store,
            DurableWriter durable,
            WarmPipeline warm,
            WorkerSettings settings) {
        this.progress = progress;
        this.store = store;
        this.durable = durable;
        this.warm = warm;
        this.settings = settings;
    }

    @Override
    public TaskRef.Kind kind() {
        return TaskRef.Kind.EVALUATION;
    }

    @Override
    public Outcome run(UUID id, BooleanSupplier leaving) {
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
            run.begin(store.finished(id), store.images(id));
            evaluation.jobs().forEach(run::fill);
            durable.write(() -> progress.succeed(evaluation.lease()));
        });
    }

    private ProgressMeter meter(LeasedEvaluation evaluation) {
        return new ProgressMeter(
                settings.reportEvery(),
                new Forecast(evaluation.images(), 0),
                (done, all, eta) -> durable.write(() -> progress.progress(evaluation.lease(), done, all, eta)));
    }
}
