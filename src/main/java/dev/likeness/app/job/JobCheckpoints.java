package dev.likeness.app.job;

import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.artifact.StoredFile;
import dev.likeness.app.refusal.Violation;
import dev.likeness.app.score.ChosenCheckpoint;
import dev.likeness.app.score.WeightsKind;
import dev.likeness.app.spec.InvalidSpecException;
import java.time.Clock;
import java.util.Comparator;
import java.util.LinkedList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Saves the checkpoints of jobs, and finds the weights for generations. */
@Component
public class JobCheckpoints {

    private final JobRepository jobs;
    private final CheckpointRepository checkpoints;
    private final ArtifactStore artifacts;
    private final Clock clock;

    JobCheckpoints(JobRepository jobs, CheckpointRepository checkpoints, ArtifactStore artifacts, Clock clock) {
        this.jobs = jobs;
        this.checkpoints = checkpoints;
        this.artifacts = artifacts;
        this.clock = clock;
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

    /** The checkpoints with weights to generate images with, by step. */
    List<KeptCheckpoint> weights(UUID jobId) {
        return checkpoints(jobId, CheckpointKind.WEIGHTS).stream()
                .sorted(Comparator.comparing(KeptCheckpoint::step))
                .toList();
    }

    /**
     * Requires weights of a step.
     *
     * @param field of the request that names the step
     * @return the step
     * @throws InvalidSpecException naming the steps that there are, unless this is one of them
     */
    public int requireWeights(UUID jobId, int step, String field) {
        List<KeptCheckpoint> kept = weights(jobId);
        if (kept.stream().noneMatch(it -> it.step() == step)) {
            String there = kept.isEmpty()
                    ? "the job has none"
                    : "the job has those of steps %s"
                            .formatted(kept.stream()
                                    .map(it -> Integer.toString(it.step()))
                                    .collect(Collectors.joining(", ")));
            throw new InvalidSpecException(List.of(new Violation(
                    List.of(field), "there is no checkpoint of step %d; %s".formatted(step, there), "unknown")));
        }
        return step;
    }

    /** The weights of a job's result. */
    public KeptCheckpoint resultWeights(Job job) {
        ChosenCheckpoint chosen = job.chosen();
        return checkpoints(job.id(), CheckpointKind.of(chosen == null ? null : chosen.weights())).stream()
                .filter(it -> chosen == null || it.step() == chosen.step())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("job %s succeeded without weights".formatted(job.id())));
    }

    /**
     * The weights of a step.
     *
     * @param step null for the job's result
     * @param weights of a training with an average; null for one without
     */
    public KeptCheckpoint weights(Job job, @Nullable Integer step, @Nullable WeightsKind weights) {
        return step == null
                ? resultWeights(job)
                : checkpoints(job.id(), CheckpointKind.of(weights)).stream()
                        .filter(it -> it.step() == step)
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException(
                                "job %s has no weights of step %d".formatted(job.id(), step)));
    }

    /**
     * The weights that a request means.
     *
     * @param asked null for those of the result
     * @param field of the request that names them
     * @return null for a job without an average
     * @throws InvalidSpecException if the job does not have them
     */
    public @Nullable WeightsKind requireKind(Job job, int step, @Nullable WeightsKind asked, String field) {
        ChosenCheckpoint chosen = job.chosen();
        WeightsKind ofResult = chosen == null ? null : chosen.weights();
        boolean averages = job.spec().training().average() != null;
        if (asked == null || !averages && asked == WeightsKind.RAW) {
            return averages && ofResult == null ? WeightsKind.EMA : ofResult;
        }
        if (!averages) {
            throw new InvalidSpecException(List.of(new Violation(
                    List.of(field),
                    "must be raw or omitted: the job trained without an average; training.ema.enabled of a job keeps one",
                    "unknown")));
        }
        if (checkpoints(job.id(), CheckpointKind.of(asked)).stream().noneMatch(it -> it.step() == step)) {
            throw new InvalidSpecException(List.of(new Violation(
                    List.of(field),
                    "the job has no %s weights of step %d: it was trained by a release that kept the averaged ones only"
                            .formatted(asked.wire(), step),
                    "unknown")));
        }
        return asked;
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

    void dropResumable(UUID jobId) {
        artifacts.release(checkpoints.findFiles(jobId, CheckpointKind.RESUME));
        checkpoints.deleteAll(jobId, CheckpointKind.RESUME);
    }
}
