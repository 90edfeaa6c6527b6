package dev.likeness.app.evaluation;

import dev.likeness.app.job.JobWeights;
import dev.likeness.app.spec.ImagePlan;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.task.Lease;
import java.util.List;
import java.util.UUID;

/**
 * An evaluation in the form for workers.
 *
 * @param imagesAtOnce most images of a batch
 * @param jobs grouped by base model
 */
public record LeasedEvaluation(Lease lease, int imagesAtOnce, List<EvaluatedJob> jobs) {

    /** Total number of images. */
    public int images() {
        return jobs.stream()
                .flatMap(job -> job.rows().stream())
                .mapToInt(PlannedRow::images)
                .sum();
    }

    /**
     * A job whose weights are used.
     *
     * @param spec the job's spec: its base model and identifier
     * @param baseWeights weights that the job was trained on top of, in the order of their application to the base
     *     model
     * @param weights the job's result at the time of the lease
     */
    public record EvaluatedJob(
            UUID id,
            UUID subjectId,
            String classWord,
            JobSpec spec,
            List<String> baseWeights,
            JobWeights weights,
            List<PlannedRow> rows) {

        /** A prompt with its placeholders replaced. */
        public String expand(String prompt) {
            return spec.expand(prompt, classWord);
        }

        /** The prompt with the class word instead of the subject. */
        public String classPrompt(String prompt) {
            return spec.classPrompt(prompt, classWord);
        }
    }

    /**
     * A row to generate and score.
     *
     * @param position in the table, from 0
     * @param plan what to generate; prompts still contain their placeholders
     */
    public record PlannedRow(int position, ImagePlan plan) {

        public int images() {
            return plan.images();
        }
    }
}
