package dev.likeness.app.spec;

import dev.likeness.diffusion.data.CropBox;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;

/** The part of a picture that trains, as shares of the upright picture's width and height. */
@Schema(name = "CropBox")
public record CropBoxSpec(
        @DecimalMin("0") @DecimalMax(value = "1", inclusive = false)
        double x,

        @DecimalMin("0") @DecimalMax(value = "1", inclusive = false)
        double y,

        @DecimalMin(value = "0", inclusive = false) @DecimalMax("1")
        double width,

        @DecimalMin(value = "0", inclusive = false) @DecimalMax("1")
        double height) {

    /** Whether it ends inside the picture. */
    boolean fits() {
        return CropBox.isInside(x, width) && CropBox.isInside(y, height);
    }

    CropBox box() {
        return new CropBox(x, y, width, height);
    }
}
