package dev.likeness.app.job;

import dev.likeness.app.spec.JobSpec;
import java.util.List;
import java.util.UUID;

/**
 * A job whose result generates images.
 *
 * @param spec the job's: its base model and identifier
 * @param baseWeights what it was trained on top of, in the order it goes over the base model; files in the artifact store
 * @param weights the checkpoint to use
 */
public record FinishedJob(
        UUID id, UUID subjectId, String classWord, JobSpec spec, List<String> baseWeights, JobWeights weights) {}
