package dev.likeness.app.worker;

import dev.likeness.app.job.ImageRole;
import dev.likeness.app.job.JobSpec;
import dev.likeness.app.job.Phase;
import dev.likeness.app.worker.Drawing.Style;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Draws with the trained weights what the job asks for, and as many images of the plain class, which show what became of it. */
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
        Set<Integer> results = images.present(run, ImageRole.RESULT, step);
        Set<Integer> ofClass = images.present(run, ImageRole.CLASS, step);
        int found = results.size() + ofClass.size();
        run.meter().forecast().imagesFound(found);
        run.meter().begin(found, 2 * spec.images());
        String plainClass = run.job().expand(PriorImagesPhase.PLAIN_CLASS);
        draw(run, ImageRole.RESULT, run.job()::expand, results, found);
        draw(run, ImageRole.CLASS, any -> plainClass, ofClass, spec.images() + ofClass.size());
    }

    private void draw(JobRun run, ImageRole role, UnaryOperator<String> prompt, Set<Integer> present, int done) {
        JobSpec.Sampling sampling = run.job().spec().sampling();
        int step = run.job().spec().training().steps();
        run.drawing()
                .draw(
                        Style.of(sampling),
                        PromptedImages.missing(sampling, prompt, present),
                        done,
                        (position, image) -> images.keep(run, role, position, image, step));
    }
}
