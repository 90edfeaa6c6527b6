package dev.likeness.app.evaluation;

import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.job.ImageFile;
import dev.likeness.app.job.ImageFiles;
import dev.likeness.app.picture.PictureFormat;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Rows of tables of scores, and their images. */
@Component
@Transactional
public class EvaluationResults implements ImageFiles {

    private final EvaluationRowRepository rows;
    private final EvaluationImageRepository images;
    private final EvaluationRepository tasks;
    private final ArtifactStore artifacts;
    private final Clock clock;

    EvaluationResults(
            EvaluationRowRepository rows,
            EvaluationImageRepository images,
            EvaluationRepository tasks,
            ArtifactStore artifacts,
            Clock clock) {
        this.rows = rows;
        this.images = images;
        this.tasks = tasks;
        this.artifacts = artifacts;
        this.clock = clock;
    }

    /** The finished rows, in the table's order. */
    @Transactional(readOnly = true)
    public List<EvaluationRow> rows(UUID evaluationId) {
        return rowsOf(List.of(evaluationId)).getOrDefault(evaluationId, List.of());
    }

    /** The same for several evaluations at once. */
    @Transactional(readOnly = true)
    public Map<UUID, List<EvaluationRow>> rowsOf(Collection<UUID> evaluationIds) {
        return rows.findByEvaluationIdInOrderByPosition(evaluationIds).stream()
                .collect(Collectors.groupingBy(EvaluationRow::evaluationId));
    }

    /** Images of all rows, including an unfinished one, in the table's order. */
    @Transactional(readOnly = true)
    public List<EvaluationImage> images(UUID evaluationId) {
        return images.findByEvaluationIdOrderByTableRowAscPositionAsc(evaluationId);
    }

    void add(UUID evaluationId, NewEvaluationRow row) {
        double seconds = images(evaluationId).stream()
                .filter(it -> it.row() == row.planned().position())
                .mapToDouble(EvaluationImage::seconds)
                .average()
                .orElseThrow();
        rows.save(new EvaluationRow(evaluationId, row, seconds, clock.instant()));
    }

    void add(UUID evaluationId, NewEvaluationImage image) {
        images.findByEvaluationIdAndTableRowAndPosition(evaluationId, image.row(), image.position())
                .ifPresent(former -> {
                    images.deleteById(former.id());
                    artifacts.release(List.of(former.fileSha256()));
                });
        images.save(new EvaluationImage(evaluationId, image, clock.instant()));
    }

    /** Releases the files of an evaluation that is deleted in the same transaction. */
    void release(UUID evaluationId) {
        artifacts.release(images.findFiles(evaluationId));
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<ImageFile> file(UUID imageId) {
        return images.findById(imageId)
                .filter(it -> tasks.existsById(it.evaluationId()))
                .map(it -> new ImageFile(it.fileSha256(), PictureFormat.PNG));
    }
}
