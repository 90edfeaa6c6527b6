package dev.likeness.app.spec;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A placeholder token (Gal et al. 2022, arXiv:2208.01618), also with momentum. */
@Schema(name = "Inversion")
public record TextualInversionSpec(
        @Min(1) @Max(32) int vectors,

        @Schema(nullable = true) @Nullable @Size(min = 1, max = 64) @PlainText
        String initializer,

        @Schema(allowableValues = {"object", "style", "face", "none"})
        @Pattern(regexp = "^(object|style|face|none)$", message = "must be object, style, face or none")
        String templates,

        boolean classWordInPrompt,

        @DecimalMin("0") @DecimalMax("1") double gamma,

        @Schema(allowableValues = {"anchor", "ema"})
        @Pattern(regexp = "^(anchor|ema)$", message = "must be anchor or ema")
        String momentumMode,

        @Schema(nullable = true) @Nullable UUID adapterId) {

    /** Settings without uploaded embeddings. */
    public TextualInversionSpec(
            int vectors,
            @Nullable String initializer,
            String templates,
            boolean classWordInPrompt,
            double gamma,
            String momentumMode) {
        this(vectors, initializer, templates, classWordInPrompt, gamma, momentumMode, null);
    }
}
