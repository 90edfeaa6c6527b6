package dev.likeness.app.job;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/** How captions are proposed. */
@Schema(description = "How captions are proposed. Every field may be left out of a request.")
public record CaptionSpec(
        @Schema(
                description = "Id of the base model that is to be trained, one of GET /v1/models: it decides who"
                        + " describes the pictures, BLIP or the model's own CLIP.",
                requiredMode = Schema.RequiredMode.NOT_REQUIRED,
                example = "likeness/tiny-world")
        @NotBlank
        String model,

        @Schema(
                description =
                        "How BLIP finds a caption: the likeliest token each time, or a beam search. Without effect"
                                + " on a model's own CLIP, as are the fields below.",
                example = "greedy",
                allowableValues = {"greedy", "beam"})
        @Pattern(regexp = "^(greedy|beam)$", message = "must be greedy or beam")
        String mode,

        @Schema(description = "Texts that a beam search keeps.", example = "3") @Min(1) @Max(16)
        int beams,

        @Schema(description = "What each caption begins with; may be empty.", example = "a photo of")
        @Size(max = 200)
        @PlainText
        String prompt,

        @Schema(description = "Tokens of a caption at most, its beginning included.", example = "20") @Min(2) @Max(200)
        int maxLength) {

    private static final String GREEDY = "greedy";

    /** What transformers does where nothing else is asked for. */
    public static CaptionSpec defaults(String model) {
        return new CaptionSpec(model, GREEDY, 3, "", 20);
    }

    /** How many texts are kept: one, where the likeliest token is taken each time. */
    public int searchWidth() {
        return mode.equals(GREEDY) ? 1 : beams;
    }
}
