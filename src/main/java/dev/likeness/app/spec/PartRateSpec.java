package dev.likeness.app.spec;

import dev.likeness.diffusion.training.PartRate;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** The learning rate of a part of what is trained. What is null is that of the whole training. */
@Schema(name = "PartRate")
public record PartRateSpec(
        @Schema(nullable = true) @DecimalMin(value = "0", inclusive = false) @DecimalMax("1") @Nullable
        Double learningRate,

        @Schema(nullable = true) @Size(max = 1000) @PlainText @Nullable
        String learningRateSchedule,

        @Schema(nullable = true) @Min(0) @Max(100_000) @Nullable
        Integer warmupSteps,

        @Schema(nullable = true) @Min(1) @Max(1000) @Nullable
        Integer learningRateCycles) {

    /** Nothing of its own. */
    static final PartRateSpec NONE = new PartRateSpec(null, null, null, null);

    /** Whether anything differs from the whole training. */
    boolean given() {
        return !equals(NONE);
    }

    PartRate over(PartRate ofTraining) {
        return new PartRate(
                learningRate == null ? ofTraining.learningRate() : learningRate,
                learningRateSchedule == null ? ofTraining.schedule() : learningRateSchedule,
                warmupSteps == null ? ofTraining.warmupSteps() : warmupSteps,
                learningRateCycles == null ? ofTraining.cycles() : learningRateCycles);
    }
}
