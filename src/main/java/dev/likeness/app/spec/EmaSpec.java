package dev.likeness.app.spec;

import dev.likeness.diffusion.training.AveragedObjective;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** The exponential moving average of what is trained. */
@Schema(name = "Ema")
public record EmaSpec(
        boolean enabled,

        @DecimalMin("0") @DecimalMax(value = "1", inclusive = false)
        double decay,

        @DecimalMin("0") @DecimalMax(value = "1", inclusive = false)
        double minDecay,

        @Min(0) @Max(100_000) int updateAfterStep,

        boolean warmup,

        @DecimalMin(value = "0", inclusive = false) @DecimalMax("1000000")
        double invGamma,

        @DecimalMin(value = "0", inclusive = false) @DecimalMax("10")
        double power)
        implements AveragedObjective.Settings {

    /** Of specs that were stored before there was an average. */
    static final EmaSpec NONE = new EmaSpec(false, 0.9999, 0, 0, false, 1, 2 / 3.0);
}
