package dev.likeness.app.job;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import tools.jackson.databind.annotation.JsonDeserialize;

/** What a client says of pictures. */
@Schema(description = "What a subject's pictures show.")
public record CaptionTexts(
        @Schema(
                description = "One caption a picture, in their order. {subject} stands for identifier and class word,"
                        + " {class} for the class word; where a caption says {subject} nowhere, the class word in it"
                        + " does.",
                example = "[\"a photo of a teapot on a table\"]")
        @Size(max = 100)
        @JsonDeserialize(contentUsing = OneLine.class)
        List<@NotBlank @Size(max = 1000) @PlainText @Placeholders String> captions) {}
