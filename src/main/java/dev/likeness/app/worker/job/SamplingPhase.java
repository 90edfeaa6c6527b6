package dev.likeness.app.worker.job;

import dev.likeness.app.job.ImageRole;
import dev.likeness.app.spec.ImagePlan;
import dev.likeness.app.task.Phase;
import dev.likeness.app.worker.InWorker;
import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Generates the images that the job asks for, with the weights of its result. */
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
        ImagePlan plan = run.job().spec().sampling().plan();
        int step = run.resultStep();
        Set<Integer> present = images.present(run, ImageRole.RESULT, step);
        run.meter().forecast().onlyImagesLeft(run.job().spec().images() - present.size());
        run.meter().begin(present.size(), run.job().spec().images());
        run.batches()
                .generate(
                        plan,
                        run.job()::expand,
                        present,
                        present.size(),
                        (position, image) -> images.keep(run, ImageRole.RESULT, position, image, step));
    }
}
