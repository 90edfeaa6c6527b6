package dev.likeness.app.job;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import tools.jackson.databind.annotation.JsonDeserialize;

/** What a client says of pictures. */
public record CaptionTexts(
        @Size(max = 100) @JsonDeserialize(contentUsing = OneLine.class)
        List<@NotBlank @Size(max = 1000) @PlainText @Placeholders String> captions) {}
