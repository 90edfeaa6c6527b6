package dev.likeness.app.generation;

import dev.likeness.app.job.FinishedJob;
import dev.likeness.app.job.MergedAdapter;
import dev.likeness.app.spec.SamplingSpec;
import dev.likeness.app.task.Lease;
import java.util.List;

/**
 * A generation in the form for workers.
 *
 * @param job the job whose weights generate the images
 * @param sampling what to generate; prompts still hold their placeholders
 * @param imagesAtOnce most images of a batch
 * @param adapters what to use besides
 */
public record LeasedGeneration(
        Lease lease, FinishedJob job, SamplingSpec sampling, int imagesAtOnce, List<MergedAdapter> adapters) {

    /** A prompt with its placeholders replaced. */
    public String expand(String prompt) {
        return job.spec().expand(prompt, job.classWord());
    }

    /** The prompt with the class word instead of the subject. */
    public String classPrompt(String prompt) {
        return job.spec().classPrompt(prompt, job.classWord());
    }
}
