package dev.likeness.app.worker.job;

import dev.likeness.app.job.EventType;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.job.LeasedJob;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.subject.Subjects;
import dev.likeness.app.task.Lease;
import dev.likeness.app.worker.InWorker;
import dev.likeness.app.worker.WorkerSettings;
import dev.likeness.app.worker.image.WarmPipeline;
import dev.likeness.app.worker.task.DownloadReport;
import dev.likeness.app.worker.task.DurableWriter;
import dev.likeness.app.worker.task.Forecast;
import dev.likeness.app.worker.task.ProgressMeter;
import dev.likeness.app.worker.task.TaskControl;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.pipeline.Pipeline;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Opens a job's model, and loads its pictures and captions. */
@InWorker
@Component
class JobPreparation {

    private final JobProgress progress;
    private final Subjects subjects;
    private final JobCaptions captions;
    private final DurableWriter durable;
    private final WarmPipeline warm;
    private final WorkerSettings settings;

    JobPreparation(
            JobProgress progress,
            Subjects subjects,
            JobCaptions captions,
            DurableWriter durable,
            WarmPipeline warm,
            WorkerSettings settings) {
        this.progress = progress;
        this.subjects = subjects;
        this.captions = captions;
        this.durable = durable;
        this.warm = warm;
        this.settings = settings;
    }

    JobRun prepare(LeasedJob job, TaskControl control) {
        Pipeline pipeline = warm.open(job.spec().model(), new DownloadReport(control, line -> log(job.lease(), line)));
        JobSpec spec = job.spec();
        Forecast forecast = job.chosen() == null
                ? new Forecast(
                        spec.prior().generated() + spec.images() + spec.previewImages() + spec.evaluationImages(),
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
