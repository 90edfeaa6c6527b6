package dev.likeness.app.job;

import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.score.ImageSet;
import dev.likeness.app.score.ScoreRepository;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The data of an earlier training run: resumable states, weights, and the images and scores of checkpoints. */
@Component
class TrainingLeftovers {

    private static final Set<ImageRole> OF_CHECKPOINTS = EnumSet.of(
            ImageRole.EVALUATION, ImageRole.CLASS, ImageRole.RAW_EVALUATION, ImageRole.RAW_CLASS, ImageRole.PREVIEW);

    private final CheckpointRepository checkpoints;
    private final ScoreRepository scores;
    private final JobImageRepository images;
    private final ArtifactStore artifacts;

    TrainingLeftovers(
            CheckpointRepository checkpoints,
            ScoreRepository scores,
            JobImageRepository images,
            ArtifactStore artifacts) {
        this.checkpoints = checkpoints;
        this.scores = scores;
        this.images = images;
        this.artifacts = artifacts;
    }

    /** Deletes checkpoints, scores and images of the previous run, which used other settings. */
    void remove(UUID jobId) {
        for (CheckpointKind kind : CheckpointKind.values()) {
            artifacts.release(checkpoints.findFiles(jobId, kind));
            checkpoints.deleteAll(jobId, kind);
        }
        scores.deleteTrained(jobId, ImageSet.CHECKPOINT);
        scores.deleteTrained(jobId, ImageSet.RAW_CHECKPOINT);
        artifacts.release(images.findTrained(jobId, OF_CHECKPOINTS));
        images.deleteTrained(jobId, OF_CHECKPOINTS);
    }
}
