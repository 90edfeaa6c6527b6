package dev.likeness.app.worker.job;

import dev.likeness.app.job.ImageRole;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.score.ImageSet;
import dev.likeness.app.score.Score;
import dev.likeness.app.spec.ImagePlan;
import dev.likeness.app.task.Phase;
import dev.likeness.app.worker.InWorker;
import dev.likeness.app.worker.score.ScoredImages;
import dev.likeness.app.worker.task.DurableWriter;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Scores the requested images of the job. Checkpoints are scored during training. */
@InWorker
@Component
@Order(4)
class EvaluatingPhase implements JobPhase {

    private final JobProgress progress;
    private final JobImageKeeper images;
    private final DurableWriter durable;

    EvaluatingPhase(JobProgress progress, JobImageKeeper images, DurableWriter durable) {
        this.progress = progress;
        this.images = images;
        this.durable = durable;
    }

    @Override
    public Phase phase() {
        return Phase.EVALUATING;
    }

    @Override
    public void run(JobRun run) {
        ImagePlan plan = run.job().spec().sampling().plan();
        List<Score> scores = run.scorer()
                .score(ScoredImages.ofSubject(
                        ImageSet.RESULTS,
                        run.resultStep(),
                        images.load(run, ImageRole.RESULT, run.resultStep()),
                        plan.eachText(run.job()::classPrompt),
                        plan.eachPrompt(run.job()::expand)));
        durable.write(() -> progress.addScores(run.lease(), scores));
    }
}
