package dev.likeness.app.generation;

import dev.likeness.app.job.JobWeights;
import dev.likeness.app.job.UsedAdapter;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.spec.SamplingSpec;
import dev.likeness.app.task.Lease;
import java.util.List;
import java.util.UUID;

/**
 * A generation as its worker gets it.
 *
 * @param jobId of the job whose weights draw
 * @param subjectId that job's subject
 * @param job that job's spec: its base model and identifier
 * @param sampling what to generate; prompts still hold their placeholders
 * @param imagesAtOnce most images of a batch
 * @param baseWeights what the job was trained on top of, in the order it goes over the base model
 * @param weights the job's result
 * @param adapters what to use besides
 */
public record LeasedGeneration(
        Lease lease,
        UUID jobId,
        UUID subjectId,
        String classWord,
        JobSpec job,
        SamplingSpec sampling,
        int imagesAtOnce,
        List<String> baseWeights,
        JobWeights weights,
        List<UsedAdapter> adapters) {

    /** A prompt with its placeholders replaced. */
    public String expand(String prompt) {
        return job.expand(prompt, classWord);
    }

    /** The prompt about the class, which names the class word instead of the subject. */
    public String classPrompt(String prompt) {
        return job.classPrompt(prompt, classWord);
    }
}
