package dev.likeness.app.job;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An adapter that a generation uses besides its job's own weights.
 *
 * @param id of an uploaded adapter; null for a job's result
 * @param jobId of the job whose result it is; null for an upload
 * @param kind {@link ArtifactKind#LORA} or {@link ArtifactKind#EMBEDDING}
 * @param fileSha256 file in the artifact store
 * @param unetScale scale of a LoRA in the UNet
 * @param textScale the same in the text encoders
 * @param placeholder word for the embeddings; null for a LoRA, and for a file with several words
 */
public record MergedAdapter(
        @Nullable UUID id,
        @Nullable UUID jobId,
        ArtifactKind kind,
        String fileSha256,
        double unetScale,
        double textScale,
        @Nullable String placeholder) {}
