package dev.likeness.app.worker;

import dev.likeness.app.job.ImageRole;
import dev.likeness.app.job.JobSpec;
import dev.likeness.app.job.Phase;
import dev.likeness.diffusion.data.ContactSheet;
import dev.likeness.diffusion.data.ContactSheet.Row;
import dev.likeness.diffusion.data.RgbImage;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Draws the contact sheet: the subject, what the base model made of its class, and what the trained one makes of each prompt. */
@InWorker
@Component
@Order(5)
class ExportingPhase implements JobPhase {

    private static final int CELL = 128;

    private final JobImageKeeper images;

    ExportingPhase(JobImageKeeper images) {
        this.images = images;
    }

    @Override
    public Phase phase() {
        return Phase.EXPORTING;
    }

    @Override
    public void run(JobRun run) {
        JobSpec spec = run.job().spec();
        int each = spec.sampling().imagesPerPrompt();
        List<RgbImage> before = images.load(run, ImageRole.BEFORE);
        List<RgbImage> after = images.load(run, ImageRole.RESULT);
        List<Row> rows = new ArrayList<>();
        rows.add(new Row("the pictures", run.pictures()));
        rows.add(new Row("before: " + run.job().expand(PriorImagesPhase.PLAIN_CLASS), before.subList(0, each)));
        for (int p = 0; p < spec.sampling().prompts().size(); p++) {
            rows.add(new Row(
                    run.job().expand(spec.sampling().prompts().get(p)), after.subList(p * each, (p + 1) * each)));
        }
        images.keepContactSheet(
                run, ContactSheet.draw(rows, CELL), spec.training().steps());
    }
}
