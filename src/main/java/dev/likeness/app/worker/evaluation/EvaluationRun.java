package dev.likeness.app.worker.evaluation;

import dev.likeness.app.evaluation.EvaluationImage;
import dev.likeness.app.evaluation.LeasedEvaluation;
import dev.likeness.app.evaluation.LeasedEvaluation.EvaluatedJob;
import dev.likeness.app.evaluation.LeasedEvaluation.PlannedRow;
import dev.likeness.app.evaluation.NewEvaluationRow;
import dev.likeness.app.score.ImageSet;
import dev.likeness.app.score.Score;
import dev.likeness.app.spec.ImagePlan;
import dev.likeness.app.worker.image.ImageBatches;
import dev.likeness.app.worker.image.WarmPipeline;
import dev.likeness.app.worker.score.ScoredImages;
import dev.likeness.app.worker.score.Scorer;
import dev.likeness.app.worker.task.DownloadReport;
import dev.likeness.app.worker.task.ProgressMeter;
import dev.likeness.app.worker.task.TaskControl;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.pipeline.Pipeline;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A running evaluation: the results of earlier attempts, and the missing ones. */
final class EvaluationRun {

    private final LeasedEvaluation evaluation;
    private final EvaluationStore store;
    private final WarmPipeline warm;
    private final TaskControl control;
    private final ProgressMeter meter;
    private Set<Integer> finished = Set.of();
    private List<EvaluationImage> found = List.of();
    private int done;
    private String model = "";

    EvaluationRun(
            LeasedEvaluation evaluation,
            EvaluationStore store,
            WarmPipeline warm,
            TaskControl control,
            ProgressMeter meter) {
        this.evaluation = evaluation;
        this.store = store;
        this.warm = warm;
        this.control = control;
        this.meter = meter;
    }

    /** The base model in use. */
    String model() {
        return model;
    }

    /**
     * @param finished rows that an earlier attempt has finished
     * @param found images that it has generated, also of unfinished rows
     */
    void begin(Set<Integer> finished, List<EvaluationImage> found) {
        this.finished = finished;
        this.found = found;
        this.done = evaluation.jobs().stream()
                .mapToInt(job -> job.rows().stream()
                        .mapToInt(row -> finished.contains(row.position())
                                ? row.images()
                                : present(job, row).size())
                        .sum())
                .sum();
        meter.forecast().imagesFound(done);
        meter.begin(done, evaluation.images());
    }

    /** Generates and scores the unfinished rows of a job. */
    void fill(EvaluatedJob job) {
        List<PlannedRow> missing = job.rows().stream()
                .filter(row -> !finished.contains(row.position()))
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        model = job.spec().model();
        Pipeline pipeline = warm.open(model, new DownloadReport(control));
        store.loadWeights(job, pipeline);
        Scorer scorer = new Scorer(pipeline, job.classWord(), store.subject(job), control, warm.gaps());
        ImageBatches batches = new ImageBatches(pipeline, control, meter, evaluation.imagesAtOnce());
        for (PlannedRow row : missing) {
            generate(batches, job, row);
            List<Score> scores = scorer.score(images(job, row));
            store.addRow(evaluation.lease(), new NewEvaluationRow(job, row, scores));
        }
    }

    private void generate(ImageBatches batches, EvaluatedJob job, PlannedRow row) {
        Set<Integer> present = present(job, row);
        batches.generateTimed(
                row.plan(),
                job::expand,
                present,
                done,
                (position, image, seconds) -> store.keep(evaluation.lease(), job, row, position, image, seconds));
        done += row.images() - present.size();
    }

    /** Images of a checkpoint that is no longer chosen do not count. */
    private Set<Integer> present(EvaluatedJob job, PlannedRow row) {
        return found.stream()
                .filter(it ->
                        it.row() == row.position() && it.step() == job.weights().step())
                .map(EvaluationImage::position)
                .collect(Collectors.toSet());
    }

    private ScoredImages images(EvaluatedJob job, PlannedRow row) {
        ImagePlan plan = row.plan();
        List<RgbImage> generated = store.load(evaluation.lease(), row);
        List<String> prompts = plan.eachText(job::classPrompt);
        return ScoredImages.ofSubject(ImageSet.RESULTS, job.weights().step(), generated, prompts, List.of());
    }
}
