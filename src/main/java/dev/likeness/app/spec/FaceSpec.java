package dev.likeness.app.spec;

import dev.likeness.diffusion.face.FacialLoss;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;

/** The facial term of the loss. */
@Schema(name = "Face")
public record FaceSpec(
        boolean enabled,

        @DecimalMin(value = "0", inclusive = false) @DecimalMax("100")
        double weight,

        FacialLoss region,

        @DecimalMin("0") @DecimalMax("2") double margin) {}
