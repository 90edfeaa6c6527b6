package dev.likeness.app.worker.job;

import dev.likeness.app.job.ImageRole;
import dev.likeness.app.spec.ImagePlan;
import dev.likeness.app.worker.InWorker;
import dev.likeness.app.worker.image.ImageBatches.Style;
import dev.likeness.app.worker.image.PromptedImages;
import dev.likeness.diffusion.tensor.StoppedException;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Draws between two steps of a training run with what is learned by then. */
@InWorker
@Component
class Previews {

    private final JobImageKeeper images;

    Previews(JobImageKeeper images) {
        this.images = images;
    }

    /** Draws those of a step that are not there yet from an earlier attempt. */
    void generate(JobRun run, int step) {
        ImagePlan plan = run.job().spec().previewPlan();
        Set<Integer> present = images.present(run, ImageRole.PREVIEW, step);
        run.meter().forecast().imagesFound(present.size());
        try {
            run.silentBatches()
                    .generate(
                            Style.of(plan),
                            PromptedImages.missing(plan, run.job()::expand, present),
                            present.size(),
                            (position, image) -> images.keep(run, ImageRole.PREVIEW, position, image, step));
        } catch (StoppedException onTheWay) {
            // Training asks the same question before its next step, and saves its state first.
        }
    }
}
