package dev.likeness.app.worker.job;

import dev.likeness.app.job.ImageRole;
import dev.likeness.app.spec.ImagePlan;
import dev.likeness.app.worker.InWorker;
import dev.likeness.diffusion.tensor.StoppedException;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Generates previews between two training steps, with the weights of that step. */
@InWorker
@Component
class Previews {

    private final JobImageKeeper images;

    Previews(JobImageKeeper images) {
        this.images = images;
    }

    /** Generates the previews of a step that an earlier attempt has not. */
    void generate(JobRun run, int step) {
        ImagePlan plan = run.job().spec().previewPlan();
        Set<Integer> present = images.present(run, ImageRole.PREVIEW, step);
        run.meter().forecast().imagesFound(present.size());
        try {
            run.silentBatches()
                    .generate(
                            plan,
                            run.job()::expand,
                            present,
                            present.size(),
                            (position, image) -> images.keep(run, ImageRole.PREVIEW, position, image, step));
        } catch (StoppedException onTheWay) {
            // Training asks the same question before its next step, and saves its state first.
        }
    }
}
