package dev.likeness.app.worker.job;

import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.job.CheckpointKind;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.job.KeptCheckpoint;
import dev.likeness.app.job.LeasedJob;
import dev.likeness.app.score.ChosenCheckpoint;
import dev.likeness.app.worker.InWorker;
import dev.likeness.app.worker.task.DurableWriter;
import dev.likeness.diffusion.adapter.AdapterScales;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Loads the weights that a job begins with, and those of its checkpoints. */
@InWorker
@Component
class ResultWeights {

    private final JobProgress progress;
    private final ArtifactStore artifacts;
    private final DurableWriter durable;

    ResultWeights(JobProgress progress, ArtifactStore artifacts, DurableWriter durable) {
        this.progress = progress;
        this.artifacts = artifacts;
        this.durable = durable;
    }

    /** Adds what the job is trained on top of to the base model, which is in use. */
    void useStart(JobRun run) {
        LeasedJob job = run.job();
        job.start().weights().forEach(file -> run.pipeline().loadWeights(artifacts.local(file)));
        String uploaded = job.start().uploadedEmbeddings();
        if (uploaded != null) {
            run.pipeline().loadAdapter(artifacts.local(uploaded), AdapterScales.FULL, job.uploadedWord());
        }
    }

    /** Makes a file of weights, on top of what the job is trained on top of, the only ones in use. */
    void useOnly(JobRun run, String file) {
        run.pipeline().useBaseWeights();
        useStart(run);
        run.pipeline().loadWeights(artifacts.local(file));
    }

    /** Adds the weights of the result to the start, which is in use. */
    void use(JobRun run, ChosenCheckpoint chosen) {
        Path file = find(run, CheckpointKind.of(chosen.weights()), chosen.step())
                .orElseThrow(() -> new IllegalStateException(
                        "job %s has no weights of step %d".formatted(run.job().jobId(), chosen.step())));
        run.pipeline().loadWeights(file);
    }

    /**
     * Makes the weights of the result's step that are not the result the only ones in use: raw ones, or their average.
     *
     * @return whether there are any
     */
    boolean useOthers(JobRun run) {
        Optional<KeptCheckpoint> others = kept(run, CheckpointKind.of(run.othersOfResult())).stream()
                .filter(it -> it.step() == run.resultStep())
                .findFirst();
        others.ifPresent(it -> useOnly(run, it.fileSha256()));
        return others.isPresent();
    }

    Optional<Path> find(JobRun run, CheckpointKind kind, int step) {
        return kept(run, kind).stream()
                .filter(it -> it.step() == step)
                .findFirst()
                .map(this::local);
    }

    Path local(KeptCheckpoint checkpoint) {
        return artifacts.local(checkpoint.fileSha256());
    }

    List<KeptCheckpoint> kept(JobRun run, CheckpointKind kind) {
        return durable.read(() -> progress.checkpoints(run.lease(), kind));
    }
}
