package dev.likeness.app.worker;

import dev.likeness.app.job.ImageRole;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.job.LeasedJob;
import dev.likeness.app.job.Metric;
import dev.likeness.app.job.NewScore;
import dev.likeness.app.job.Phase;
import dev.likeness.app.worker.JobScores.Embedded;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.pipeline.Pipeline.ImageEncoder;
import dev.likeness.diffusion.pipeline.Pipeline.TextEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Scores the images of before and after training with the encoders that the model brings. */
@InWorker
@Component
@Order(4)
class EvaluatingPhase implements JobPhase {

    private static final int BATCH = 16;
    private static final String NO_CLIP = "the model brings no clip encoder";
    private static final String NO_DINO = "the model brings no dino encoder";

    private final JobProgress progress;
    private final JobImageKeeper images;
    private final Ledger ledger;

    EvaluatingPhase(JobProgress progress, JobImageKeeper images, Ledger ledger) {
        this.progress = progress;
        this.images = images;
        this.ledger = ledger;
    }

    @Override
    public Phase phase() {
        return Phase.EVALUATING;
    }

    @Override
    public void run(JobRun run) {
        List<NewScore> scores = scores(run);
        ledger.write(() -> progress.addScores(run.lease(), scores));
    }

    private List<NewScore> scores(JobRun run) {
        JobScores rules = new JobScores(run.job());
        @Nullable Embedded clip = embedded(run, run.pipeline().imageEncoder());
        @Nullable Embedded dino = embedded(run, run.pipeline().dinoEncoder());
        List<NewScore> scores = new ArrayList<>();
        if (clip == null) {
            scores.add(rules.unmeasured(Metric.CLIP_I, NO_CLIP));
            scores.add(rules.unmeasured(Metric.CLIP_T, NO_CLIP));
        } else {
            scores.addAll(rules.likeness(Metric.CLIP_I, clip));
            scores.addAll(promptFidelity(run, rules, clip));
        }
        if (dino == null) {
            scores.add(rules.unmeasured(Metric.DINO, NO_DINO));
        } else {
            scores.addAll(rules.likeness(Metric.DINO, dino));
        }
        Embedded finer = dino == null ? clip : dino;
        if (finer == null) {
            scores.add(rules.unmeasured(Metric.PRES, NO_CLIP));
            scores.add(rules.unmeasured(Metric.DIV, NO_CLIP));
        } else {
            scores.addAll(rules.plainClass(finer));
        }
        return scores;
    }

    private static List<NewScore> promptFidelity(JobRun run, JobScores rules, Embedded clip) {
        LeasedJob job = run.job();
        TextEncoder texts = run.pipeline().textEncoder().orElseThrow();
        float[][] plainClass = texts.embed(List.of(job.plain(PriorImagesPhase.PLAIN_CLASS)));
        float[][] prompts = texts.embed(
                job.spec().sampling().prompts().stream().map(job::plain).toList());
        return rules.promptFidelity(clip, plainClass[0], prompts);
    }

    private @Nullable Embedded embedded(JobRun run, Optional<ImageEncoder> encoder) {
        if (encoder.isEmpty()) {
            return null;
        }
        ImageEncoder network = encoder.get();
        return new Embedded(
                run.job().spec().model() + "/" + network.id(),
                embed(run, network, run.pictures()),
                embed(run, network, images.load(run, ImageRole.BEFORE)),
                embed(run, network, images.load(run, ImageRole.RESULT)),
                embed(run, network, images.load(run, ImageRole.CLASS)));
    }

    private static float[][] embed(JobRun run, ImageEncoder encoder, List<RgbImage> pictures) {
        List<float[]> embeddings = new ArrayList<>();
        for (int from = 0; from < pictures.size(); from += BATCH) {
            run.control().check();
            List<RgbImage> some = pictures.subList(from, Math.min(from + BATCH, pictures.size()));
            embeddings.addAll(Arrays.asList(encoder.embed(some)));
        }
        return embeddings.toArray(float[][]::new);
    }
}
