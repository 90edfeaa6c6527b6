package dev.likeness.app.spec;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Pattern;

/** The facial term of the loss. */
@Schema(name = "Face")
public record FaceSpec(
        boolean enabled,

        @DecimalMin(value = "0", inclusive = false) @DecimalMax("100")
        double weight,

        @Schema(allowableValues = {"crop", "mask"}) @Pattern(regexp = "^(crop|mask)$", message = "must be crop or mask")
        String region,

        @DecimalMin("0") @DecimalMax("2") double margin) {}
