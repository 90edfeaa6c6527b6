package dev.likeness.app.web.catalogue;

import dev.likeness.app.model.IdentifierCheck;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.SchemaResolution;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Schema(name = "Identifiers", description = "Words that may stand for a subject.")
record IdentifiersView(
        @Schema(description = "Id of the base model whose tokenizer was asked.", example = "likeness/tiny-world")
        String model,

        @Schema(
                description = "Suggestions, the best first. A job gets the first one if neither it, nor its preset, nor"
                        + " its model names an identifier.")
        List<IdentifierView> results,

        @Schema(
                description = "The proposed identifier; null if none was proposed.",
                nullable = true,
                schemaResolution = SchemaResolution.INLINE)
        @Nullable
        IdentifierView check) {

    @Schema(name = "Identifier", description = "A word that may stand for a subject.")
    record IdentifierView(
            @Schema(description = "The word.", example = "sks")
            String identifier,

            @Schema(
                    description = "What the model's tokenizer splits it into, as its vocabulary spells them.",
                    example = "[\"s\", \"ks</w>\"]")
            List<String> tokens,

            @Schema(description = "How many those are; 1 is best.", example = "2")
            int tokenCount,

            @Schema(description = "Whether a job with it would be refused.", example = "false")
            boolean refused,

            @Schema(
                    description = "Why it would be refused; null if it would not.",
                    example = "must not be the class word, or a word of it",
                    nullable = true)
            @Nullable
            String reason,

            @Schema(
                    description = "Why it may serve badly all the same; may be empty.",
                    example = "[\"is 2 tokens of this model's vocabulary (s, ks): one is learned more easily\"]")
            List<String> warnings) {

        static IdentifierView of(IdentifierCheck check) {
            return new IdentifierView(
                    check.identifier(),
                    check.tokens(),
                    check.tokens().size(),
                    check.refusal() != null,
                    check.refusal(),
                    check.warnings());
        }
    }
}
