package dev.likeness.app.spec;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;

/** The use of the pictures' masks. */
@Schema(name = "Mask")
public record MaskSpec(
        boolean enabled, @DecimalMin("0") @DecimalMax("1") double outside) {

    /** For a job of a release without masks. */
    static final MaskSpec NONE = new MaskSpec(false, 0);
}
