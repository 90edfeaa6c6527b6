package dev.likeness.app.job;

import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.artifact.StoredFile;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Keeps the states at the end of training. Takes part in the transaction that has locked the job. */
@Component
class TrainingStates {

    private final CheckpointRepository checkpoints;
    private final ArtifactStore artifacts;
    private final TrainingStateSettings settings;
    private final Clock clock;

    TrainingStates(
            CheckpointRepository checkpoints, ArtifactStore artifacts, TrainingStateSettings settings, Clock clock) {
        this.checkpoints = checkpoints;
        this.artifacts = artifacts;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Whether a state is to be stored. If it is not, the job says why.
     *
     * @param bytes of its tensors
     */
    boolean wants(Job job, int attempt, int step, long bytes) {
        if (!settings.keepsAny()) {
            job.trainedTo(attempt, TrainingState.without(TrainingState.Status.NOT_STORED, step, bytes));
            return false;
        }
        if (bytes > settings.maxSize().toBytes()) {
            job.trainedTo(attempt, TrainingState.without(TrainingState.Status.TOO_LARGE, step, bytes));
            return false;
        }
        return true;
    }

    /** Keeps a state that was stored. It replaces that of an earlier attempt. */
    void keep(Job job, int attempt, int step, StoredFile file) {
        drop(job.id());
        checkpoints.save(new KeptCheckpoint(job.id(), CheckpointKind.STATE, step, file.sha256(), clock.instant()));
        job.trainedTo(attempt, TrainingState.kept(step, file.size()));
    }

    /** The job is final: from now on its state has an end. */
    void count(Job job, Instant now) {
        @Nullable TrainingState state = job.trainingState();
        if (state != null) {
            job.trainedTo(state.until(now.plus(settings.keep())));
        }
    }

    /** Deletes the state of a job, and records the reason. */
    void delete(Job job, TrainingState.Status reason) {
        drop(job.id());
        @Nullable TrainingState state = job.trainingState();
        if (state != null) {
            job.trainedTo(state.deleted(reason));
        }
    }

    Optional<KeptCheckpoint> find(UUID jobId) {
        return checkpoints.findNewestFirst(jobId, CheckpointKind.STATE).stream().findFirst();
    }

    /** A new job begins with the state of another one, as if it had saved it before an interruption. */
    void pass(KeptCheckpoint state, Job to) {
        checkpoints.save(
                new KeptCheckpoint(to.id(), CheckpointKind.RESUME, state.step(), state.fileSha256(), clock.instant()));
    }

    private void drop(UUID jobId) {
        artifacts.release(checkpoints.findFiles(jobId, CheckpointKind.STATE));
        checkpoints.deleteAll(jobId, CheckpointKind.STATE);
    }
}
