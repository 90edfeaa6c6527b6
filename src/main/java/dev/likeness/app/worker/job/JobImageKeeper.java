package dev.likeness.app.worker.job;

import dev.likeness.app.job.ImageRecipe;
import dev.likeness.app.job.ImageRole;
import dev.likeness.app.job.JobImage;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.job.JobResults;
import dev.likeness.app.job.NewImage;
import dev.likeness.app.picture.ImageEncoding;
import dev.likeness.app.picture.StoredImage;
import dev.likeness.app.picture.StoredPictures;
import dev.likeness.app.worker.InWorker;
import dev.likeness.app.worker.task.DurableWriter;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.pipeline.GeneratedImage;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The images of a job: stores new ones and finds those of earlier attempts. */
@InWorker
@Component
class JobImageKeeper {

    private final JobProgress progress;
    private final JobResults results;
    private final StoredPictures pictures;
    private final DurableWriter durable;

    JobImageKeeper(JobProgress progress, JobResults results, StoredPictures pictures, DurableWriter durable) {
        this.progress = progress;
        this.results = results;
        this.pictures = pictures;
        this.durable = durable;
    }

    void keep(JobRun run, ImageRole role, int position, GeneratedImage generated, int step) {
        keep(run, role, position, generated, step, file -> {});
    }

    /** @param also further rows that refer to the file, in the same transaction */
    void keep(
            JobRun run, ImageRole role, int position, GeneratedImage generated, int step, Consumer<StoredImage> also) {
        ImageRecipe recipe = DurableWriter.recipe(generated);
        durable.image(generated.image(), recipe, encoding(run, role), file -> {
            progress.addImage(
                    run.lease(),
                    new NewImage(
                            role,
                            position,
                            file,
                            generated.image().width(),
                            generated.image().height(),
                            recipe,
                            step));
            also.accept(file);
        });
    }

    /** Only images that are asked for have the format that is asked for. Others are compared and shared. */
    private static ImageEncoding encoding(JobRun run, ImageRole role) {
        return role == ImageRole.RESULT ? run.job().spec().sampling().encoding() : ImageEncoding.EXACT;
    }

    void keepContactSheet(JobRun run, RgbImage sheet, int step) {
        durable.picture(
                sheet,
                file -> progress.addImage(
                        run.lease(),
                        new NewImage(
                                ImageRole.CONTACT_SHEET,
                                0,
                                StoredImage.png(file),
                                sheet.width(),
                                sheet.height(),
                                null,
                                step)));
    }

    /** Positions of stored images. */
    Set<Integer> present(JobRun run, ImageRole role, int step) {
        return rows(run, role, step).stream().map(JobImage::position).collect(Collectors.toSet());
    }

    /** The images themselves, by position. */
    List<RgbImage> load(JobRun run, ImageRole role, int step) {
        return rows(run, role, step).stream()
                .map(image -> pictures.read(image.exactSha256()))
                .toList();
    }

    private List<JobImage> rows(JobRun run, ImageRole role, int step) {
        return durable.read(() -> results.imagesOfJob(run.job().jobId())).stream()
                .filter(image -> image.role() == role && image.step() == step)
                .toList();
    }
}
