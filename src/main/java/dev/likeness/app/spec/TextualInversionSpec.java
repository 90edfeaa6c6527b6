package dev.likeness.app.spec;

import dev.likeness.diffusion.adapter.MomentumMode;
import dev.likeness.diffusion.method.PromptTemplates;
import dev.likeness.diffusion.method.TextualInversion;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A placeholder token (Gal et al. 2022, arXiv:2208.01618), also with momentum. */
@Schema(name = "Inversion")
public record TextualInversionSpec(
        @Min(1) @Max(32) int vectors,

        @Schema(nullable = true) @Nullable @Size(min = 1, max = 64) @PlainText
        String initializer,

        PromptTemplates templates,

        boolean classWordInPrompt,

        @DecimalMin("0") @DecimalMax("1") double gamma,

        MomentumMode momentumMode,

        @Schema(nullable = true) @Nullable UUID adapterId)
        implements TextualInversion.Settings {

    /** Settings without uploaded embeddings. */
    public TextualInversionSpec(
            int vectors,
            @Nullable String initializer,
            PromptTemplates templates,
            boolean classWordInPrompt,
            double gamma,
            MomentumMode momentumMode) {
        this(vectors, initializer, templates, classWordInPrompt, gamma, momentumMode, null);
    }
}
