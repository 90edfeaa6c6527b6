package dev.likeness.app.caption;

import dev.likeness.app.spec.CaptionRules;
import dev.likeness.app.spec.OneLine;
import dev.likeness.app.spec.Placeholders;
import dev.likeness.app.spec.PlainText;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import tools.jackson.databind.annotation.JsonDeserialize;

/** A client's captions of pictures. */
public record CaptionTexts(
        @Size(max = 100) @JsonDeserialize(contentUsing = OneLine.class)
        List<@NotBlank @Size(max = CaptionRules.LENGTH) @PlainText @Placeholders String> captions) {}
