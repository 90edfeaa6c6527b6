package dev.likeness.app.web.catalogue;

import dev.likeness.app.model.IdentifierCheck;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.SchemaResolution;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Schema(name = "Identifiers")
record IdentifiersView(
        String model,

        List<IdentifierView> results,

        @Schema(nullable = true, schemaResolution = SchemaResolution.INLINE) @Nullable
        IdentifierView check) {

    @Schema(name = "Identifier")
    record IdentifierView(
            String identifier,

            List<String> tokens,

            int tokenCount,

            boolean refused,

            @Schema(nullable = true) @Nullable String reason,

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
