package dev.likeness.app.web.classimage;

import dev.likeness.app.classimage.ClassImage;
import dev.likeness.app.web.http.Links;
import dev.likeness.app.web.http.Paths;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Schema(name = "ClassImage")
record ClassImageView(
        int position,

        String fileName,

        String format,

        int width,

        int height,

        @Schema(nullable = true) @Nullable String caption,

        URI url,

        URI thumbnailUrl) {

    static ClassImageView of(UUID set, ClassImage image) {
        return new ClassImageView(
                image.position(),
                image.fileName(),
                image.originalFormat(),
                image.size().width(),
                image.size().height(),
                image.caption(),
                Links.picture(Paths.CLASS_IMAGE, set, image.position()),
                Links.picture(Paths.CLASS_THUMBNAIL, set, image.position()));
    }

    @Schema(name = "ClassImagePage")
    record ClassImagePageView(
            List<ClassImageView> results,

            @Schema(nullable = true) @Nullable URI next) {}
}
