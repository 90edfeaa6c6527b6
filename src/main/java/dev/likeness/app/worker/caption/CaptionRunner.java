package dev.likeness.app.worker.caption;

import dev.likeness.app.caption.CaptionProgress;
import dev.likeness.app.caption.LeasedCaptions;
import dev.likeness.app.queue.TaskHandler.Outcome;
import dev.likeness.app.subject.Caption;
import dev.likeness.app.subject.Subjects;
import dev.likeness.app.task.Lease;
import dev.likeness.app.task.TaskRef;
import dev.likeness.app.worker.InWorker;
import dev.likeness.app.worker.WorkerSettings;
import dev.likeness.app.worker.caption.Captioning.Request;
import dev.likeness.app.worker.image.WarmPipeline;
import dev.likeness.app.worker.task.DownloadReport;
import dev.likeness.app.worker.task.DurableWriter;
import dev.likeness.app.worker.task.Forecast;
import dev.likeness.app.worker.task.LeasedWork;
import dev.likeness.app.worker.task.ProgressMeter;
import dev.likeness.app.worker.task.TaskControl;
import dev.likeness.app.worker.task.TaskRunner;
import dev.likeness.diffusion.data.RgbImage;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/** Proposes captions of a subject's pictures. */
@InWorker
@Component
class CaptionRunner implements TaskRunner {

    private final CaptionProgress progress;
    private final Subjects subjects;
    private final Captioning captioning;
    private final DurableWriter durable;
    private final WarmPipeline warm;
    private final WorkerSettings settings;

    CaptionRunner(
            CaptionProgress progress,
            Subjects subjects,
            Captioning captioning,
            DurableWriter durable,
            WarmPipeline warm,
            WorkerSettings settings) {
        this.progress = progress;
        this.subjects = subjects;
        this.captioning = captioning;
        this.durable = durable;
        this.warm = warm;
        this.settings = settings;
    }

    @Override
    public TaskRef.Kind kind() {
        return TaskRef.Kind.CAPTIONS;
    }

    @Override
    public Outcome run(UUID id, BooleanSupplier leaving) {
        Optional<LeasedCaptions> leased = durable.read(() -> progress.lease(id));
        if (leased.isEmpty()) {
            return Outcome.DONE;
        }
        LeasedCaptions task = leased.get();
        Lease lease = task.lease();
        LeasedWork work = new LeasedWork(lease, progress, durable);
        TaskControl control = work.control(leaving);
        String model = task.spec().model();
        return work.run(model, warm::close, control, () -> {
            durable.write(() -> progress.start(lease));
            List<Caption> captions = describe(task, control);
            durable.write(() -> progress.succeed(lease, captions));
        });
    }

    private List<Caption> describe(LeasedCaptions task, TaskControl control) {
        List<RgbImage> pictures = durable.read(() -> subjects.images(task.subjectId()));
        ProgressMeter meter = new ProgressMeter(
                settings.reportEvery(),
                new Forecast(0, 0),
                (done, total, eta) -> durable.write(() -> progress.progress(task.lease(), done, total, null)));
        meter.begin(0, pictures.size());
        Request request = new Request(
                task.spec(),
                task.classWord(),
                pictures,
                () -> warm.open(task.spec().model(), new DownloadReport(control)));
        List<Caption> captions = captioning.describe(request, control, meter::at);
        meter.now(captions.size());
        return captions;
    }
}
