package dev.likeness.app.job;

import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.artifact.StoredFile;
import dev.likeness.app.score.ChosenCheckpoint;
import dev.likeness.app.score.NewScore;
import dev.likeness.app.score.Score;
import dev.likeness.app.score.ScoreRepository;
import dev.likeness.app.task.Failure;
import java.time.Clock;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Keeps scores and checkpoints. */
@Component
public class JobFindings {

    private final JobRepository jobs;
    private final ScoreRepository scores;
    private final CheckpointRepository checkpoints;
    private final JobEvents events;
    private final ArtifactStore artifacts;
    private final RetentionSettings retention;
    private final Clock clock;

    JobFindings(
            JobRepository jobs,
            ScoreRepository scores,
            CheckpointRepository checkpoints,
            JobEvents events,
            ArtifactStore artifacts,
            RetentionSettings retention,
            Clock clock) {
        this.jobs = jobs;
        this.scores = scores;
        this.checkpoints = checkpoints;
        this.events = events;
        this.artifacts = artifacts;
        this.retention = retention;
        this.clock = clock;
    }

    /** @param generationId whose images were scored; null for the job's own */
    public void addScores(UUID jobId, @Nullable UUID generationId, List<NewScore> added) {
        for (NewScore score : added) {
            scores.deleteAt(jobId, generationId, score.images(), score.metric(), score.step(), score.subset());
            scores.save(new Score(jobId, generationId, score));
        }
    }

    List<Score> scores(UUID jobId) {
        return scores.findOwn(List.of(jobId));
    }

    void keepCheckpoint(Job job, CheckpointKind kind, int step, StoredFile file) {
        drop(job.id(), kind, step);
        if (kind == CheckpointKind.RESUME) {
            checkpoints(job.id(), kind).stream()
                    .skip(job.spec().training().keepCheckpoints() - 1L)
                    .forEach(former -> drop(job.id(), kind, former.step()));
        }
        checkpoints.save(new KeptCheckpoint(job.id(), kind, step, file.sha256(), clock.instant()));
    }

    private void drop(UUID jobId, CheckpointKind kind, int step) {
        artifacts.release(checkpoints.findFiles(jobId, kind, step));
        checkpoints.deleteAt(jobId, kind, step);
    }

    List<KeptCheckpoint> checkpoints(UUID jobId, CheckpointKind kind) {
        return checkpoints.findNewestFirst(jobId, kind);
    }

    /** The weights that are a job's result. */
    public KeptCheckpoint resultWeights(Job job) {
        ChosenCheckpoint chosen = job.chosen();
        return checkpoints(job.id(), CheckpointKind.WEIGHTS).stream()
                .filter(it -> chosen == null || it.step() == chosen.step())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("job %s succeeded without weights".formatted(job.id())));
    }

    /**
     * The weights of a step.
     *
     * @param step null for those that are the job's result
     */
    public KeptCheckpoint weights(Job job, @Nullable Integer step) {
        return step == null
                ? resultWeights(job)
                : checkpoints(job.id(), CheckpointKind.WEIGHTS).stream()
                        .filter(it -> it.step() == step)
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException(
                                "job %s has no weights of step %d".formatted(job.id(), step)));
    }

    /** The weights of the jobs that a job was trained on top of, the lowest first. */
    public List<String> baseWeights(Job job) {
        List<Job> lineage = lineage(job);
        return lineage.subList(0, lineage.size() - 1).stream()
                .map(base -> resultWeights(base).fileSha256())
                .toList();
    }

    /** The jobs that a job was trained on top of, the lowest first, and the job itself. */
    public List<Job> lineage(Job job) {
        LinkedList<Job> lineage = new LinkedList<>(List.of(job));
        UUID id = job.baseJobId();
        while (id != null) {
            Job base = jobs.findById(id).orElseThrow();
            lineage.addFirst(base);
            id = base.baseJobId();
        }
        return lineage;
    }

    /** What has to follow when a job becomes final. What may succeed another time keeps the state it had reached. */
    void settle(Job job) {
        String setback = job.setback();
        if (setback != null) {
            events.append(job, EventType.LOG, Map.of("message", setback));
        }
        job.expireAfter(retention.jobs());
        Failure error = job.error();
        if (error == null || !error.retryable()) {
            dropResumable(job.id());
        }
        events.completed(job);
    }

    void dropResumable(UUID jobId) {
        artifacts.release(checkpoints.findFiles(jobId, CheckpointKind.RESUME));
        checkpoints.deleteAll(jobId, CheckpointKind.RESUME);
    }
}
