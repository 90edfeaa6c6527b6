package dev.likeness.app.worker.job;

import dev.likeness.app.job.PriorImages.PriorSet;
import dev.likeness.app.spec.ImagePlan;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.spec.PriorSpec;
import dev.likeness.app.task.Phase;
import dev.likeness.app.worker.InWorker;
import dev.likeness.app.worker.task.DurableWriter;
import dev.likeness.diffusion.data.RgbImage;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Generates images with the untrained base model: the prior images, and the images that score the untrained model. Those
 * that another job has generated are used again. Images of a class set replace some or all prior images.
 */
@InWorker
@Component
@Order(1)
class PriorImagesPhase implements JobPhase {

    private final SharedImages shared;
    private final OwnClassImages own;
    private final CheckpointScoring scoring;
    private final DurableWriter durable;

    PriorImagesPhase(SharedImages shared, OwnClassImages own, CheckpointScoring scoring, DurableWriter durable) {
        this.shared = shared;
        this.own = own;
        this.scoring = scoring;
        this.durable = durable;
    }

    @Override
    public Phase phase() {
        return Phase.PRIOR_IMAGES;
    }

    @Override
    public void run(JobRun run) {
        if (run.chosen() != null) {
            // No later phase needs them.
            return;
        }
        JobSpec spec = run.job().spec();
        int prior = spec.prior().generated();
        PriorSet set = PriorKey.of(run.job(), run.pipeline().info().hash());
        SortedMap<Integer, RgbImage> kept = prior == 0 ? new TreeMap<>() : shared.use(run, set, prior);
        int before = scoring.findUntrained(run);
        run.meter().forecast().imagesFound(kept.size());
        run.meter().begin(kept.size() + before, prior + spec.imagesPerScoring());
        run.usePrior(own.with(run, priorImages(run, set, kept, before)));
        scoring.scoreUntrained(run, prior + before);
    }

    private List<RgbImage> priorImages(JobRun run, PriorSet set, SortedMap<Integer, RgbImage> kept, int before) {
        PriorSpec prior = run.job().spec().prior();
        SortedMap<Integer, RgbImage> all = new TreeMap<>(kept);
        ImagePlan plan = prior.plan(set.prompt(), run.job().spec().training());
        run.batches().generate(plan, it -> it, kept.keySet(), kept.size() + before, (position, generated) -> {
            durable.picture(generated.image(), file -> shared.keep(run, set, position, file));
            all.put(position, generated.image());
        });
        return List.copyOf(all.values());
    }
}
