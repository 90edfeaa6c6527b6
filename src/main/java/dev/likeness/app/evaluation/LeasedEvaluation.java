package dev.likeness.app.evaluation;

import dev.likeness.app.job.JobWeights;
import dev.likeness.app.spec.ImagePlan;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.task.Lease;
import java.util.List;
import java.util.UUID;

/**
 * An evaluation as its worker gets it.
 *
 * @param imagesAtOnce most images of a batch
 * @param jobs those of one base model next to each other
 */
public record LeasedEvaluation(Lease lease, int imagesAtOnce, List<EvaluatedJob> jobs) {

    /** How many images it asks for. */
    public int images() {
        return jobs.stream()
                .flatMap(job -> job.rows().stream())
                .mapToInt(PlannedRow::images)
                .sum();
    }

    /**
     * A job whose weights draw.
     *
     * @param spec the job's: its base model and identifier
     * @param baseWeights what it was trained on top of, in the order it goes over the base model
     * @param weights its result, as it was chosen when the evaluation was leased
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

        /** The prompt about the class, which names the class word instead of the subject. */
        public String classPrompt(String prompt) {
            return spec.classPrompt(prompt, classWord);
        }
    }

    /**
     * A row to be drawn and scored.
     *
     * @param position its place in the table, from 0
     * @param plan what to generate; prompts still hold their placeholders
     */
    public record PlannedRow(int position, ImagePlan plan) {

        public int images() {
            return plan.images();
        }
    }
}
