package dev.likeness.app.worker;

import dev.likeness.app.artifact.StoredFile;
import dev.likeness.app.job.ImageRole;
import dev.likeness.app.job.JobSpec;
import dev.likeness.app.job.Phase;
import dev.likeness.app.job.PriorImages;
import dev.likeness.app.job.PriorImages.PriorSet;
import dev.likeness.app.worker.Drawing.Style;
import dev.likeness.app.worker.Drawing.Wanted;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.pipeline.GenerationRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Draws with the untouched base model: the images of the class that training is to preserve, unless some job has drawn
 * the same ones before, and those that show what the model made of the prompts before it knew the subject.
 */
@InWorker
@Component
@Order(1)
class PriorImagesPhase implements JobPhase {

    private final PriorImages sets;
    private final Pictures pictures;
    private final JobImageKeeper images;
    private final Ledger ledger;

    PriorImagesPhase(PriorImages sets, Pictures pictures, JobImageKeeper images, Ledger ledger) {
        this.sets = sets;
        this.pictures = pictures;
        this.images = images;
        this.ledger = ledger;
    }

    @Override
    public Phase phase() {
        return Phase.PRIOR_IMAGES;
    }

    @Override
    public void run(JobRun run) {
        JobSpec spec = run.job().spec();
        PriorSet set = PriorKey.of(run.job(), run.pipeline().info().hash());
        List<String> kept = spec.prior().enabled() ? ledger.read(() -> sets.find(set.key())) : List.of();
        Set<Integer> before = images.present(run, ImageRole.BEFORE, 0);
        int prior = spec.prior().enabled() ? spec.prior().images() : 0;
        int found = kept.size() + before.size();
        run.meter().forecast().imagesFound(found);
        run.meter().begin(found, prior + spec.images());
        if (!kept.isEmpty()) {
            run.usePriorImages(kept.stream().map(pictures::read).toList());
        } else if (prior > 0) {
            run.usePriorImages(drawPriorImages(run, set, before.size()));
        }
        drawBefore(run, before, prior + before.size());
    }

    private List<RgbImage> drawPriorImages(JobRun run, PriorSet set, int done) {
        JobSpec.Prior prior = run.job().spec().prior();
        int side = run.job().spec().training().resolution();
        Style style = new Style(prior.sampler(), prior.steps(), prior.guidance(), 0, side, side);
        List<Wanted> wanted = IntStream.range(0, prior.images())
                .mapToObj(i -> new Wanted(
                        i, new GenerationRequest.Image(set.prompt(), prior.negativePrompt(), prior.seed() + i)))
                .toList();
        List<RgbImage> drawn = new ArrayList<>();
        run.drawing().draw(style, wanted, done, (position, image) -> drawn.add(image.image()));
        ledger.write(() -> {
            List<StoredFile> files =
                    drawn.stream().map(image -> pictures.keep(image, Map.of())).toList();
            sets.keep(set, files);
        });
        return drawn;
    }

    /** The prompts with the plain class in the subject's place. */
    private void drawBefore(JobRun run, Set<Integer> present, int done) {
        JobSpec.Sampling sampling = run.job().spec().sampling();
        String prompt = run.job().expand("a photo of a {class}");
        run.drawing()
                .draw(
                        Style.of(sampling),
                        PromptedImages.missing(sampling, any -> prompt, present),
                        done,
                        (position, image) -> images.keep(run, ImageRole.BEFORE, position, image, 0));
    }
}
