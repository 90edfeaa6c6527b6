package dev.likeness.app.worker.generation;

import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.generation.GenerationProgress;
import dev.likeness.app.generation.LeasedGeneration;
import dev.likeness.app.job.MergedAdapter;
import dev.likeness.app.queue.TaskHandler.Outcome;
import dev.likeness.app.score.ImageSet;
import dev.likeness.app.score.Score;
import dev.likeness.app.spec.ImagePlan;
import dev.likeness.app.subject.Subjects;
import dev.likeness.app.task.Lease;
import dev.likeness.app.task.TaskRef;
import dev.likeness.app.worker.InWorker;
import dev.likeness.app.worker.WorkerSettings;
import dev.likeness.app.worker.image.ImageBatches;
import dev.likeness.app.worker.image.WarmPipeline;
import dev.likeness.app.worker.score.ScoreGaps;
import dev.likeness.app.worker.score.ScoredImages;
import dev.likeness.app.worker.score.Scorer;
import dev.likeness.app.worker.task.DownloadReport;
import dev.likeness.app.worker.task.DurableWriter;
import dev.likeness.app.worker.task.Forecast;
import dev.likeness.app.worker.task.LeasedWork;
import dev.likeness.app.worker.task.ProgressMeter;
import dev.likeness.app.worker.task.TaskControl;
import dev.likeness.app.worker.task.TaskRunner;
import dev.likeness.diffusion.adapter.AdapterScales;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.pipeline.Pipeline;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/** Generates more images with the weights of a finished job, and scores them. */
@InWorker
@Component
class GenerationRunner implements TaskRunner {

    private final GenerationProgress progress;
    private final GenerationImages images;
    private final Subjects subjects;
    private final ArtifactStore artifacts;
    private final DurableWriter durable;
    private final WarmPipeline warm;
    private final WorkerSettings settings;

    GenerationRunner(
            GenerationProgress progress,
            GenerationImages images,
            Subjects subjects,
            ArtifactStore artifacts,
            DurableWriter durable,
            WarmPipeline warm,
            WorkerSettings settings) {
        this.progress = progress;
        this.images = images;
        this.subjects = subjects;
        this.artifacts = artifacts;
        this.durable = durable;
        this.warm = warm;
        this.settings = settings;
    }

    @Override
    public TaskRef.Kind kind() {
        return TaskRef.Kind.GENERATION;
    }

    @Override
    public Outcome run(UUID id, BooleanSupplier leaving) {
        Optional<LeasedGeneration> leased = durable.read(() -> progress.lease(id));
        if (leased.isEmpty()) {
            return Outcome.DONE;
        }
        LeasedGeneration generation = leased.get();
        Lease lease = generation.lease();
        LeasedWork work = new LeasedWork(lease, progress, durable);
        TaskControl control = work.control(leaving);
        return work.run(generation.job().spec().model(), warm::close, control, () -> {
            durable.write(() -> progress.start(lease));
            score(generation, generate(generation, control), control, warm.gaps());
            durable.write(() -> progress.succeed(lease));
        });
    }

    private Pipeline generate(LeasedGeneration generation, TaskControl control) {
        Lease lease = generation.lease();
        ImagePlan plan = generation.sampling().plan();
        Set<Integer> present = images.present(lease);
        int total = plan.images();
        ProgressMeter meter = new ProgressMeter(
                settings.reportEvery(),
                new Forecast(total - present.size(), 0),
                (done, all, eta) -> durable.write(() -> progress.progress(lease, done, all, eta)));
        meter.begin(present.size(), total);
        Pipeline pipeline = warm.open(generation.job().spec().model(), new DownloadReport(control));
        generation.job().baseWeights().forEach(file -> pipeline.loadWeights(artifacts.local(file)));
        pipeline.loadWeights(artifacts.local(generation.job().weights().sha256()));
        for (MergedAdapter adapter : generation.adapters()) {
            pipeline.loadAdapter(
                    artifacts.local(adapter.fileSha256()),
                    new AdapterScales(adapter.unetScale(), adapter.textScale()),
                    adapter.placeholder());
        }
        new ImageBatches(pipeline, control, meter, generation.imagesAtOnce())
                .generate(
                        plan,
                        generation::expand,
                        present,
                        present.size(),
                        (position, image) -> images.keep(generation, position, image));
        return pipeline;
    }

    private void score(LeasedGeneration generation, Pipeline pipeline, TaskControl control, ScoreGaps gaps) {
        ImagePlan plan = generation.sampling().plan();
        List<RgbImage> generated = images.load(generation.lease());
        List<RgbImage> subject =
                durable.read(() -> subjects.images(generation.job().subjectId()));
        List<Score> scores = new Scorer(pipeline, generation.job().classWord(), subject, control, gaps)
                .score(ScoredImages.ofSubject(
                        ImageSet.RESULTS,
                        generation.job().weights().step(),
                        generated,
                        plan.eachText(generation::classPrompt),
                        plan.eachPrompt(generation::expand)));
        durable.write(() -> progress.addScores(generation.lease(), scores));
    }
}
