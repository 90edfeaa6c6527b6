package dev.likeness.app.worker.generation;

import dev.likeness.app.generation.GenerationProgress;
import dev.likeness.app.generation.LeasedGeneration;
import dev.likeness.app.job.ImageRecipe;
import dev.likeness.app.job.ImageRole;
import dev.likeness.app.job.JobImage;
import dev.likeness.app.job.JobResults;
import dev.likeness.app.job.NewImage;
import dev.likeness.app.picture.StoredPictures;
import dev.likeness.app.task.Lease;
import dev.likeness.app.worker.InWorker;
import dev.likeness.app.worker.task.DurableWriter;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.pipeline.GeneratedImage;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Saves and loads the images of generations. */
@InWorker
@Component
class GenerationImages {

    private final GenerationProgress progress;
    private final JobResults results;
    private final StoredPictures pictures;
    private final DurableWriter durable;

    GenerationImages(GenerationProgress progress, JobResults results, StoredPictures pictures, DurableWriter durable) {
        this.progress = progress;
        this.results = results;
        this.pictures = pictures;
        this.durable = durable;
    }

    void keep(LeasedGeneration generation, int position, GeneratedImage generated) {
        int step = generation.job().weights().step();
        ImageRecipe recipe = DurableWriter.recipe(generated).with(generation.adapters());
        durable.image(
                generated.image(),
                recipe,
                generation.sampling().encoding(),
                file -> progress.addImage(
                        generation.lease(),
                        new NewImage(
                                ImageRole.RESULT,
                                position,
                                file,
                                generated.image().width(),
                                generated.image().height(),
                                recipe,
                                step)));
    }

    /** Positions of stored images. */
    Set<Integer> present(Lease lease) {
        return rows(lease).stream().map(JobImage::position).collect(Collectors.toSet());
    }

    /** The images themselves, by position. */
    List<RgbImage> load(Lease lease) {
        return rows(lease).stream()
                .map(image -> pictures.read(image.exactSha256()))
                .toList();
    }

    private List<JobImage> rows(Lease lease) {
        return durable.read(() -> results.imagesOfGeneration(lease.taskId()));
    }
}
