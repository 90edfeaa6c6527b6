package dev.likeness.app.job;

import java.util.UUID;

/**
 * A job as its worker gets it.
 *
 * @param spec fully resolved; prompts still hold their placeholders
 */
public record LeasedJob(Lease lease, UUID subjectId, String classWord, JobSpec spec) {

    public UUID jobId() {
        return lease.taskId();
    }

    /** A prompt of the spec with its placeholders replaced. */
    public String expand(String prompt) {
        return spec.expand(prompt, classWord);
    }
}
