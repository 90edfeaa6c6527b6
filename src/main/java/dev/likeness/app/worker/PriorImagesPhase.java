package dev.likeness.app.worker;

import dev.likeness.app.job.ImageRole;
import dev.likeness.app.job.JobSpec;
import dev.likeness.app.job.Phase;
import dev.likeness.app.job.PriorImages;
import dev.likeness.app.job.PriorImages.PriorSet;
import dev.likeness.app.worker.Drawing.Style;
import dev.likeness.app.worker.Drawing.Wanted;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.pipeline.GenerationRequest;
import dev.likeness.diffusion.pipeline.GenerationRequest.AdapterScales;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Draws with the untouched base model: the images of the class that training is to preserve, unless some job has drawn
 * the same ones before, and those that show what the model made of the plain class before it knew the subject.
 */
@InWorker
@Component
@Order(1)
class PriorImagesPhase implements JobPhase {

    /** Prompt of the images before training. */
    static final String PLAIN_CLASS = "a photo of a {class}";

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
        int prior = spec.prior().enabled() ? spec.prior().images() : 0;
        PriorSet set = PriorKey.of(run.job(), run.pipeline().info().hash());
        Map<Integer, String> kept = ledger.read(() -> sets.find(set.key(), prior));
        Set<Integer> before = images.present(run, ImageRole.BEFORE, 0);
        int found = kept.size() + before.size();
        run.meter().forecast().imagesFound(found);
        run.meter().begin(found, prior + spec.images());
        run.usePriorImages(priorImages(run, set, kept, before.size()));
        drawBefore(run, before, prior + before.size());
    }

    private List<RgbImage> priorImages(JobRun run, PriorSet set, Map<Integer, String> kept, int before) {
        JobSpec.Prior prior = run.job().spec().prior();
        SortedMap<Integer, RgbImage> all = new TreeMap<>();
        kept.forEach((position, file) -> all.put(position, pictures.read(file)));
        List<Wanted> missing = IntStream.range(0, prior.enabled() ? prior.images() : 0)
                .filter(i -> !kept.containsKey(i))
                .mapToObj(i -> new Wanted(
                        i, new GenerationRequest.Image(set.prompt(), prior.negativePrompt(), prior.seed() + i)))
                .toList();
        int side = run.job().spec().training().resolution();
        Style style =
                new Style(prior.sampler(), prior.steps(), prior.guidance(), 0, side, side, AdapterScales.FULL, false);
        run.drawing().draw(style, missing, kept.size() + before, (position, drawn) -> {
            ledger.picture(drawn.image(), file -> sets.keep(set, position, file));
            all.put(position, drawn.image());
        });
        return List.copyOf(all.values());
    }

    /** As many images of the plain class as are drawn of the subject, with the same seeds. */
    private void drawBefore(JobRun run, Set<Integer> present, int done) {
        JobSpec.Sampling sampling = run.job().spec().sampling();
        String prompt = run.job().expand(PLAIN_CLASS);
        run.drawing()
                .draw(
                        Style.of(sampling),
                        PromptedImages.missing(sampling, any -> prompt, present),
                        done,
                        (position, image) -> images.keep(run, ImageRole.BEFORE, position, image, 0));
    }
}
