package dev.likeness.app.job;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An adapter that a generation uses besides its job's own weights.
 *
 * @param id of an uploaded adapter; null if it is a job's
 * @param jobId of the job that it is the result of; null if it was uploaded
 * @param kind {@link ArtifactKind#LORA} or {@link ArtifactKind#EMBEDDING}
 * @param fileSha256 file in the artifact store
 * @param unetScale how much of a LoRA counts in the UNet
 * @param textScale the same in the text encoders
 * @param placeholder word that embeddings stand for; null for a LoRA, and for a file of
 *     several words
 */
public record UsedAdapter(
        @Nullable UUID id,
        @Nullable UUID jobId,
        ArtifactKind kind,
        String fileSha256,
        double unetScale,
        double textScale,
        @Nullable String placeholder) {}
