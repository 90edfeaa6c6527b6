package dev.likeness.app.generation;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An adapter or another job's result that a client asks to use besides a job's own weights. */
@Schema(name = "AdapterUse")
public record AdapterUse(
        @Schema(nullable = true) @Nullable UUID id,

        @Schema(nullable = true) @Nullable UUID jobId,

        @Schema(defaultValue = "1.0") @DecimalMin("-10") @DecimalMax("10")
        double unetScale,

        @Schema(defaultValue = "1.0") @DecimalMin("-10") @DecimalMax("10")
        double textScale,

        @Schema(nullable = true) @Nullable String placeholder) {}
