package dev.likeness.app.worker.job;

import dev.likeness.app.job.Job;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.job.LeasedJob;
import dev.likeness.app.queue.TaskHandler.Outcome;
import dev.likeness.app.task.Lease;
import dev.likeness.app.task.TaskRef;
import dev.likeness.app.worker.InWorker;
import dev.likeness.app.worker.image.WarmPipeline;
import dev.likeness.app.worker.task.DurableWriter;
import dev.likeness.app.worker.task.LeasedWork;
import dev.likeness.app.worker.task.TaskControl;
import dev.likeness.app.worker.task.TaskRunner;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/** Runs jobs. */
@InWorker
@Component
class JobRunner implements TaskRunner {

    private final JobProgress progress;
    private final DurableWriter durable;
    private final JobDevice device;
    private final JobPreparation preparation;
    private final JobPhases phases;
    private final WarmPipeline warm;

    JobRunner(
            JobProgress progress,
            DurableWriter durable,
            JobDevice device,
            JobPreparation preparation,
            JobPhases phases,
            WarmPipeline warm) {
        this.progress = progress;
        this.durable = durable;
        this.device = device;
        this.preparation = preparation;
        this.phases = phases;
        this.warm = warm;
    }

    @Override
    public TaskRef.Kind kind() {
        return TaskRef.Kind.JOB;
    }

    @Override
    public Outcome run(UUID id, BooleanSupplier leaving) {
        Optional<LeasedJob> leased = durable.read(() -> progress.lease(id));
        if (leased.isEmpty()) {
            return Outcome.DONE;
        }
        LeasedJob job = leased.get();
        Lease lease = job.lease();
        LeasedWork work = new LeasedWork(lease, progress, durable);
        TaskControl control = work.control(leaving);
        return work.run(job.spec().model(), warm::close, control, () -> {
            LeasedJob fitting = device.fit(job);
            durable.write(() -> progress.start(lease));
            run(fitting, control);
        });
    }

    private void run(LeasedJob job, TaskControl control) {
        ProcessMemory.reset();
        JobRun run = phases.run(job, control, () -> preparation.prepare(job, control));
        Job.Outcome outcome = new Job.Outcome(run.stepsPerSecond(), ProcessMemory.peak());
        durable.write(() -> progress.succeed(job.lease(), outcome));
    }
}
