package dev.likeness.app.worker;

import dev.likeness.app.job.ImageRole;
import dev.likeness.app.job.JobSpec;
import dev.likeness.app.job.Phase;
import dev.likeness.app.worker.Drawing.Style;
import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Draws what the job asks for with the trained weights. */
@InWorker
@Component
@Order(3)
class SamplingPhase implements JobPhase {

    private final JobImageKeeper images;

    SamplingPhase(JobImageKeeper images) {
        this.images = images;
    }

    @Override
    public Phase phase() {
        return Phase.SAMPLING;
    }

    @Override
    public void run(JobRun run) {
        JobSpec spec = run.job().spec();
        int step = spec.training().steps();
        Set<Integer> present = images.present(run, ImageRole.RESULT, step);
        run.meter().forecast().imagesFound(present.size());
        run.meter().begin(present.size(), spec.images());
        run.drawing()
                .draw(
                        Style.of(spec.sampling()),
                        PromptedImages.missing(spec.sampling(), run.job()::expand, present),
                        present.size(),
                        (position, image) -> images.keep(run, ImageRole.RESULT, position, image, step));
    }
}
