package dev.likeness.app.web.view;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.likeness.app.job.ImageRecipe;
import dev.likeness.app.job.ImageRole;
import dev.likeness.app.job.JobImage;
import dev.likeness.app.picture.PictureFormat;
import dev.likeness.app.web.http.Links;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.SchemaResolution;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An image of a job or of a generation, as the API returns it. */
@Schema(name = "Image")
public record ImageView(
        UUID id,

        String object,

        @JsonUnwrapped PlaceView place,

        @JsonUnwrapped PictureView picture,

        @Schema(nullable = true, schemaResolution = SchemaResolution.INLINE) @Nullable
        ImageRecipe recipe,

        @Schema(nullable = true) @Nullable Double score,

        Instant createdAt) {

    static ImageView of(JobImage image, @Nullable Double score) {
        return new ImageView(
                image.id(),
                "image",
                new PlaceView(image.role(), image.position(), image.step()),
                new PictureView(
                        Links.image(image.id()), image.format(), image.width(), image.height(), image.fileSha256()),
                image.recipe(),
                score,
                image.createdAt());
    }

    /** The role, position and training step of an image. */
    record PlaceView(ImageRole role, int position, int step) {}

    record PictureView(URI url, PictureFormat format, int width, int height, String sha256) {}
}
