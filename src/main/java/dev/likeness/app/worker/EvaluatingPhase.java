package dev.likeness.app.worker;

import dev.likeness.app.job.EventType;
import dev.likeness.app.job.ImageRole;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.job.JobSpec;
import dev.likeness.app.job.Metric;
import dev.likeness.app.job.NewScore;
import dev.likeness.app.job.Phase;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.evaluation.ClipScore;
import dev.likeness.diffusion.pipeline.Pipeline.ImageEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Scores the images of before and after training against the subject's pictures: CLIP-I over all images, and over those
 * of each prompt.
 */
@InWorker
@Component
@Order(4)
class EvaluatingPhase implements JobPhase {

    private static final String PAIRING = "all generated x real";

    private static final int BATCH = 16;

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
        Optional<ImageEncoder> encoder = run.pipeline().imageEncoder();
        if (encoder.isPresent()) {
            List<NewScore> scores = scores(run, encoder.get());
            ledger.write(() -> progress.addScores(run.lease(), scores));
        } else {
            Map<String, Object> reason = Map.of("message", "the model brings no encoder, so nothing is scored");
            ledger.write(() -> progress.event(run.lease(), EventType.LOG, reason));
        }
    }

    private List<NewScore> scores(JobRun run, ImageEncoder encoder) {
        JobSpec spec = run.job().spec();
        float[][] real = embed(run, encoder, run.pictures());
        float[][] before = embed(run, encoder, images.load(run, ImageRole.BEFORE));
        float[][] after = embed(run, encoder, images.load(run, ImageRole.RESULT));
        Scorer scorer = new Scorer(spec.model() + "/" + encoder.id(), real);
        List<NewScore> scores = new ArrayList<>();
        scores.add(scorer.score(before, 0, null));
        scores.add(scorer.score(after, spec.training().steps(), null));
        int each = spec.sampling().imagesPerPrompt();
        for (int p = 0; p < spec.sampling().prompts().size(); p++) {
            String prompt = run.job().expand(spec.sampling().prompts().get(p));
            float[][] some = Arrays.copyOfRange(after, p * each, (p + 1) * each);
            scores.add(scorer.score(some, spec.training().steps(), prompt));
        }
        return scores;
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

    private record Scorer(String encoder, float[][] real) {

        NewScore score(float[][] generated, int step, @Nullable String subset) {
            return new NewScore(
                    Metric.CLIP_I,
                    ClipScore.pairwiseMean(generated, real),
                    generated.length * real.length,
                    null,
                    encoder,
                    PAIRING,
                    ClipScore.distinctPairMean(real),
                    step,
                    subset);
        }
    }
}
