package dev.likeness.app.web.classimage;

import dev.likeness.app.classimage.ClassSet;
import dev.likeness.app.web.http.Links;
import dev.likeness.app.web.http.Paths;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Schema(name = "ClassSet")
record ClassSetView(
        UUID id,

        String object,

        String name,

        int images,

        int captions,

        List<String> duplicates,

        Instant createdAt,

        ClassSetUrlsView urls) {

    static ClassSetView of(ClassSet set) {
        return new ClassSetView(
                set.id(),
                "class_set",
                set.name(),
                set.images(),
                set.captions(),
                set.duplicates(),
                set.createdAt(),
                new ClassSetUrlsView(Links.to(Paths.CLASS_SET, set.id()), Links.to(Paths.CLASS_IMAGES, set.id())));
    }

    @Schema(name = "ClassSetUrls")
    record ClassSetUrlsView(URI get, URI images) {}

    @Schema(name = "ClassSetPage")
    record ClassSetPageView(
            List<ClassSetView> results,

            @Schema(nullable = true) @Nullable URI next,

            @Schema(nullable = true) @Nullable URI previous) {}
}
