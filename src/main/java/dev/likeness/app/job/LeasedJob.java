package dev.likeness.app.job;

import dev.likeness.app.score.ChosenCheckpoint;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.subject.Caption;
import dev.likeness.app.task.Lease;
import dev.likeness.diffusion.method.MethodType;
import dev.likeness.diffusion.method.Methods;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job in the form for workers.
 *
 * @param spec fully resolved; prompts still contain their placeholders
 * @param captions for training, one per picture; empty if training uses only prompts, or while captions are not yet proposed
 * @param imagesAtOnce most images of a batch
 * @param start what training starts from
 * @param chosen the resulting weights; null until training has ended
 */
public record LeasedJob(
        Lease lease,
        UUID subjectId,
        String classWord,
        JobSpec spec,
        List<Caption> captions,
        int imagesAtOnce,
        Start start,
        @Nullable ChosenCheckpoint chosen) {

    /**
     * What training starts from besides the base model.
     *
     * @param identifier what stands for the subject of the job that this one is trained on top of, if there is one
     * @param method that job's method
     * @param weights what to train on top of, in the order it goes over the base model; files in the artifact store
     * @param uploadedEmbeddings embeddings that the placeholder token continues from; a file in the artifact store, null for
     *     none
     */
    public record Start(
            @Nullable String identifier,
            @Nullable String method,
            List<String> weights,
            @Nullable String uploadedEmbeddings) {}

    /** The same job with captions for training. */
    public LeasedJob with(List<Caption> captions) {
        return new LeasedJob(lease, subjectId, classWord, spec, captions, imagesAtOnce, start, chosen);
    }

    /** Whether this job continues the momentum of its base job. */
    public boolean continuesMomentum() {
        String before = start.method();
        return spec.usesMomentum()
                && before != null
                && Methods.find(before).filter(MethodType::hasMomentum).isPresent();
    }

    /** The placeholder for uploaded embeddings in this job, which does not occur in prompts. */
    public String uploadedWord() {
        return "<%s>".formatted(spec.textualInversion().adapterId());
    }

    public UUID jobId() {
        return lease.taskId();
    }

    /** The prompt with the class word instead of the subject. */
    public String classPrompt(String prompt) {
        return spec.classPrompt(prompt, classWord);
    }

    /** A prompt of the spec with its placeholders replaced. */
    public String expand(String prompt) {
        return spec.expand(prompt, classWord);
    }
}
