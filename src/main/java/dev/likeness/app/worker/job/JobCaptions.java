package dev.likeness.app.worker.job;

import dev.likeness.app.caption.CaptionSpec;
import dev.likeness.app.job.EventType;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.job.LeasedJob;
import dev.likeness.app.spec.TrainingCaptions.Source;
import dev.likeness.app.subject.Caption;
import dev.likeness.app.worker.InWorker;
import dev.likeness.app.worker.caption.Captioning;
import dev.likeness.app.worker.caption.Captioning.Request;
import dev.likeness.app.worker.task.DurableWriter;
import dev.likeness.app.worker.task.ProgressMeter;
import dev.likeness.app.worker.task.TaskControl;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.pipeline.Pipeline;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Proposes the captions of a job's pictures if its settings ask for it. */
@InWorker
@Component
class JobCaptions {

    private final Captioning captioning;
    private final JobProgress progress;
    private final DurableWriter durable;

    JobCaptions(Captioning captioning, JobProgress progress, DurableWriter durable) {
        this.captioning = captioning;
        this.progress = progress;
        this.durable = durable;
    }

    /** The job with its captions. It keeps captions that an earlier attempt has proposed. */
    LeasedJob complete(
            LeasedJob job, Pipeline pipeline, List<RgbImage> pictures, TaskControl control, ProgressMeter meter) {
        if (job.spec().training().captions().source() != Source.AUTO
                || !job.captions().isEmpty()) {
            return job;
        }
        meter.begin(0, pictures.size());
        Request request =
                new Request(CaptionSpec.defaults(job.spec().model()), job.classWord(), pictures, () -> pipeline);
        List<Caption> captions = captioning.describe(request, control, meter::at).stream()
                .map(caption -> new Caption(job.spec().name(caption.text(), job.classWord()), caption.origin()))
                .toList();
        durable.write(() -> {
            progress.useCaptions(job.lease(), captions);
            progress.event(job.lease(), EventType.LOG, Map.of("message", message(captions)));
        });
        return job.with(captions);
    }

    private static String message(List<Caption> captions) {
        return "the captions of the pictures were proposed by "
                + captions.get(0).origin().wire();
    }
}
