package dev.likeness.app.web.view;

import dev.likeness.app.job.ImageRecipe;
import dev.likeness.app.job.JobImage;
import dev.likeness.app.web.http.Links;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.SchemaResolution;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Schema(name = "Image")
public record ImageView(
        UUID id,

        String object,

        @Schema(allowableValues = {"result", "before", "class", "evaluation", "preview", "contact_sheet"})
        String role,

        int position,

        URI url,

        int width,

        int height,

        String sha256,

        int step,

        @Schema(nullable = true, schemaResolution = SchemaResolution.INLINE) @Nullable
        ImageRecipe recipe,

        @Schema(nullable = true) @Nullable Double score,

        Instant createdAt) {

    static ImageView of(JobImage image, @Nullable Double score) {
        return new ImageView(
                image.id(),
                "image",
                image.role().wire(),
                image.position(),
                Links.image(image.id()),
                image.width(),
                image.height(),
                image.fileSha256(),
                image.step(),
                image.recipe(),
                score,
                image.createdAt());
    }
}
