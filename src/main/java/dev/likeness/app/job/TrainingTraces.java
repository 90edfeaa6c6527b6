package dev.likeness.app.job;

import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.score.ImageSet;
import dev.likeness.app.score.ScoreRepository;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What a training leaves on its way: states to resume from, weights, and what they were judged by. */
@Component
class TrainingTraces {

    private static final Set<ImageRole> ON_THE_WAY =
            EnumSet.of(ImageRole.EVALUATION, ImageRole.CLASS, ImageRole.PREVIEW);

    private final CheckpointRepository checkpoints;
    private final ScoreRepository scores;
    private final JobImageRepository images;
    private final ArtifactStore artifacts;

    TrainingTraces(
            CheckpointRepository checkpoints,
            ScoreRepository scores,
            JobImageRepository images,
            ArtifactStore artifacts) {
        this.checkpoints = checkpoints;
        this.scores = scores;
        this.images = images;
        this.artifacts = artifacts;
    }

    /** The training begins anew, and not as it was: what the former one has left would pass for this one's. */
    void remove(UUID jobId) {
        for (CheckpointKind kind : CheckpointKind.values()) {
            artifacts.release(checkpoints.findFiles(jobId, kind));
            checkpoints.deleteAll(jobId, kind);
        }
        scores.deleteTrained(jobId, ImageSet.CHECKPOINT);
        artifacts.release(images.findTrained(jobId, ON_THE_WAY));
        images.deleteTrained(jobId, ON_THE_WAY);
    }
}
