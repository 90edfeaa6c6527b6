package dev.likeness.app.worker.evaluation;

import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.evaluation.EvaluationImage;
import dev.likeness.app.evaluation.EvaluationProgress;
import dev.likeness.app.evaluation.EvaluationResults;
import dev.likeness.app.evaluation.EvaluationRow;
import dev.likeness.app.evaluation.LeasedEvaluation.EvaluatedJob;
import dev.likeness.app.evaluation.LeasedEvaluation.PlannedRow;
import dev.likeness.app.evaluation.NewEvaluationImage;
import dev.likeness.app.evaluation.NewEvaluationRow;
import dev.likeness.app.job.ImageRecipe;
import dev.likeness.app.picture.ImageEncoding;
import dev.likeness.app.picture.StoredPictures;
import dev.likeness.app.subject.Subjects;
import dev.likeness.app.task.Lease;
import dev.likeness.app.worker.InWorker;
import dev.likeness.app.worker.task.DurableWriter;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.pipeline.GeneratedImage;
import dev.likeness.diffusion.pipeline.Pipeline;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Loads what an evaluation needs, and saves its images and rows. */
@InWorker
@Component
class EvaluationStore {

    private final EvaluationProgress progress;
    private final EvaluationResults results;
    private final Subjects subjects;
    private final ArtifactStore artifacts;
    private final StoredPictures pictures;
    private final DurableWriter durable;

    EvaluationStore(
            EvaluationProgress progress,
            EvaluationResults results,
            Subjects subjects,
            ArtifactStore artifacts,
            StoredPictures pictures,
            DurableWriter durable) {
        this.progress = progress;
        this.results = results;
        this.subjects = subjects;
        this.artifacts = artifacts;
        this.pictures = pictures;
        this.durable = durable;
    }

    /** Positions of the stored rows. */
    Set<Integer> finished(UUID id) {
        return durable.read(() -> results.rows(id)).stream()
                .map(EvaluationRow::position)
                .collect(Collectors.toSet());
    }

    /** Stored images, also of unfinished rows. */
    List<EvaluationImage> images(UUID id) {
        return durable.read(() -> results.images(id));
    }

    /** The images of a row. */
    List<RgbImage> load(Lease lease, PlannedRow row) {
        return images(lease.taskId()).stream()
                .filter(it -> it.row() == row.position())
                .map(it -> pictures.read(it.fileSha256()))
                .toList();
    }

    /** The pictures of a job's subject. */
    List<RgbImage> subject(EvaluatedJob job) {
        return durable.read(() -> subjects.images(job.subjectId()));
    }

    /** Loads the weights of a job into the pipeline of its base model. */
    void loadWeights(EvaluatedJob job, Pipeline pipeline) {
        job.baseWeights().forEach(file -> pipeline.loadWeights(artifacts.local(file)));
        pipeline.loadWeights(artifacts.local(job.weights().sha256()));
    }

    /**
     * Saves an image of a row.
     *
     * @param position in the row
     * @param seconds that its generation took
     */
    void keep(Lease lease, EvaluatedJob job, PlannedRow row, int position, GeneratedImage generated, double seconds) {
        ImageRecipe recipe = DurableWriter.recipe(generated);
        durable.image(
                generated.image(),
                recipe,
                ImageEncoding.EXACT,
                image -> progress.addImage(
                        lease,
                        new NewEvaluationImage(
                                job.id(),
                                row.position(),
                                position,
                                image.file(),
                                recipe,
                                job.weights().step(),
                                seconds)));
    }

    void addRow(Lease lease, NewEvaluationRow row) {
        durable.write(() -> progress.addRow(lease, row));
    }
}
