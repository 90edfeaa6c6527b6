package dev.likeness.app.job;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.likeness.app.adapter.AdapterKind;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * An adapter that a generation uses besides its job's own weights.
 *
 * @param id of an uploaded adapter; null for a job's result
 * @param jobId of the job whose result it is; null for an upload
 * @param kind of adapter; in JSON the name of the constant, as in rows of release 1.0.0
 * @param fileSha256 file in the artifact store
 * @param unetScale scale of a LoRA in the UNet
 * @param textScale the same in the text encoders
 * @param placeholder word for the embeddings; null for a LoRA, and for a file with several words
 */
public record MergedAdapter(
        @Nullable UUID id,
        @Nullable UUID jobId,

        @JsonSerialize(using = ToStringSerializer.class)
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_CASE_INSENSITIVE_VALUES)
        AdapterKind kind,

        String fileSha256,
        double unetScale,
        double textScale,
        @Nullable String placeholder) {}
