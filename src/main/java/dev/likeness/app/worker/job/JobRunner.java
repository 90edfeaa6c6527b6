package dev.likeness.app.worker.job;

import dev.likeness.app.job.EventType;
import dev.likeness.app.job.Job;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.job.LeasedJob;
import dev.likeness.app.queue.TaskHandler.Outcome;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.subject.Subjects;
import dev.likeness.app.task.Lease;
import dev.likeness.app.task.TaskRef;
import dev.likeness.app.worker.DeviceMemory;
import dev.likeness.app.worker.EngineSelfCheck;
import dev.likeness.app.worker.InWorker;
import dev.likeness.app.worker.WorkerIdentity;
import dev.likeness.app.worker.WorkerSettings;
import dev.likeness.app.worker.image.WarmPipeline;
import dev.likeness.app.worker.task.DownloadReport;
import dev.likeness.app.worker.task.DurableWriter;
import dev.likeness.app.worker.task.Forecast;
import dev.likeness.app.worker.task.LeasedWork;
import dev.likeness.app.worker.task.ProgressMeter;
import dev.likeness.app.worker.task.TaskControl;
import dev.likeness.app.worker.task.TaskRunner;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.pipeline.DeviceInfo;
import dev.likeness.diffusion.pipeline.Pipeline;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/** Runs jobs. */
@InWorker
@Component
class JobRunner implements TaskRunner {

    private final JobProgress progress;
    private final Subjects subjects;
    private final JobCaptions captions;
    private final JobPhases phases;
    private final DurableWriter durable;
    private final DeviceMemory memory;
    private final WorkerIdentity identity;
    private final EngineSelfCheck check;
    private final WarmPipeline warm;
    private final WorkerSettings settings;

    JobRunner(
            JobProgress progress,
            Subjects subjects,
            JobCaptions captions,
            JobPhases phases,
            DurableWriter durable,
            DeviceMemory memory,
            WorkerIdentity identity,
            EngineSelfCheck check,
            WarmPipeline warm,
            WorkerSettings settings) {
        this.progress = progress;
        this.subjects = subjects;
        this.captions = captions;
        this.phases = phases;
        this.durable = durable;
        this.memory = memory;
        this.identity = identity;
        this.check = check;
        this.warm = warm;
        this.settings = settings;
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
            LeasedJob fitting = fit(job);
            durable.write(() -> progress.computeWith(lease, check.ofJobs()));
            durable.write(() -> progress.start(lease));
            run(fitting, control);
        });
    }

    /** Plans the job's memory again for this device, with its free memory now. */
    private LeasedJob fit(LeasedJob job) {
        DeviceInfo device = memory.now();
        return durable.read(() -> progress.fit(job.lease(), device.name(), device.memoryForTask(), identity.id()));
    }

    private void run(LeasedJob job, TaskControl control) {
        ProcessMemory.reset();
        JobRun run = phases.run(job, control, () -> prepare(job, control));
        Job.Outcome outcome = new Job.Outcome(run.stepsPerSecond(), ProcessMemory.peak());
        durable.write(() -> progress.succeed(job.lease(), outcome));
    }

    private JobRun prepare(LeasedJob job, TaskControl control) {
        Pipeline pipeline = warm.open(job.spec().model(), new DownloadReport(control, line -> log(job.lease(), line)));
        JobSpec spec = job.spec();
        int prior = spec.prior().enabled() ? spec.prior().images() : 0;
        Forecast forecast = job.chosen() == null
                ? new Forecast(
                        prior + spec.images() + spec.previewImages() + spec.evaluationImages(),
                        spec.training().steps())
                : new Forecast(spec.images(), 0);
        ProgressMeter meter = new ProgressMeter(
                settings.reportEvery(),
                forecast,
                (done, total, eta) -> durable.write(() -> progress.progress(job.lease(), done, total, eta)));
        List<RgbImage> pictures = durable.read(() -> subjects.images(job.subjectId()));
        LeasedJob captioned = captions.complete(job, pipeline, pictures, control, meter);
        return new JobRun(captioned, pipeline, pictures, control, meter, warm.gaps());
    }

    private void log(Lease lease, String line) {
        durable.write(() -> progress.event(lease, EventType.LOG, Map.of("message", line)));
    }
}
