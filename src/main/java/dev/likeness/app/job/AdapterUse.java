package dev.likeness.app.job;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something to draw with besides a job's own weights, as a client asks for it. */
@Schema(
        description =
                "An uploaded adapter, by its id, or what another finished job of the same base model has learned, by"
                        + " its job_id: a LoRA or embeddings.")
public record AdapterUse(
        @Schema(
                description = "Id of an uploaded adapter.",
                example = "0199f3c4-2b3c-7d4e-8f5a-6b7c8d9e0f1a",
                nullable = true)
        @Nullable
        UUID id,

        @Schema(
                description = "Id of a finished job that trained a LoRA or embeddings.",
                example = "0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60",
                nullable = true)
        @Nullable
        UUID jobId,

        @Schema(
                description = "How much of a LoRA counts in the UNet; without effect on embeddings.",
                example = "0.8",
                defaultValue = "1.0")
        @DecimalMin("-10")
        @DecimalMax("10")
        double unetScale,

        @Schema(description = "The same in the text towers.", example = "1.0", defaultValue = "1.0")
        @DecimalMin("-10")
        @DecimalMax("10")
        double textScale,

        @Schema(
                description = "Word that embeddings are to stand for in prompts, where it is not to be their own.",
                example = "<my-owl>",
                nullable = true)
        @Nullable
        String placeholder) {}
