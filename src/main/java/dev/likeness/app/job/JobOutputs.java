package dev.likeness.app.job;

import dev.likeness.app.artifact.StoredFile;
import dev.likeness.app.score.Score;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Saves what a worker produces for a job. Takes part in the transaction that has locked the job. */
@Component
class JobOutputs {

    private final JobImages images;
    private final JobScores scores;
    private final JobCheckpoints checkpoints;
    private final JobArtifacts artifacts;
    private final JobEventAppender events;
    private final TrainingStates states;

    JobOutputs(
            JobImages images,
            JobScores scores,
            JobCheckpoints checkpoints,
            JobArtifacts artifacts,
            JobEventAppender events,
            TrainingStates states) {
        this.images = images;
        this.scores = scores;
        this.checkpoints = checkpoints;
        this.artifacts = artifacts;
        this.events = events;
        this.states = states;
    }

    /** Saves an image; event {@code image}. */
    JobImage add(Job job, NewImage image) {
        JobImage added = images.add(job.id(), null, image);
        events.append(
                job,
                EventType.IMAGE,
                Map.of(
                        "id",
                        added.id().toString(),
                        "role",
                        image.role().wire(),
                        "position",
                        image.position(),
                        "step",
                        image.step()));
        return added;
    }

    /** After they were scored. */
    void releaseExactImages(UUID jobId) {
        images.releaseExact(jobId, null);
    }

    void add(Job job, List<Score> added) {
        scores.add(job.id(), null, added);
    }

    List<Score> scores(UUID jobId) {
        return scores.of(jobId);
    }

    void add(Job job, NewArtifact artifact) {
        artifacts.add(job.id(), artifact);
    }

    void keepCheckpoint(Job job, CheckpointKind kind, int step, StoredFile file) {
        checkpoints.keepCheckpoint(job, kind, step, file);
    }

    boolean wantsState(Job job, int attempt, int step, long bytes) {
        return states.wants(job, attempt, step, bytes);
    }

    void keepState(Job job, int attempt, int step, StoredFile file) {
        states.keep(job, attempt, step, file);
    }

    List<KeptCheckpoint> checkpoints(UUID jobId, CheckpointKind kind) {
        return checkpoints.checkpoints(jobId, kind);
    }
}
