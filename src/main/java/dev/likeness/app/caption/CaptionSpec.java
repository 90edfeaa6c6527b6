package dev.likeness.app.caption;

import dev.likeness.app.spec.PlainText;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** The settings for proposing captions. */
public record CaptionSpec(
        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED) @NotBlank
        String model,

        CaptionMode mode,

        @Min(1) @Max(16) int beams,

        @Size(max = 200) @PlainText String prompt,

        @Min(2) @Max(200) int maxLength) {

    /** The defaults of transformers. */
    public static CaptionSpec defaults(String model) {
        return new CaptionSpec(model, CaptionMode.GREEDY, 3, "", 20);
    }

    /** The number of texts to keep. */
    public int searchWidth() {
        return mode == CaptionMode.GREEDY ? 1 : beams;
    }
}
