package dev.likeness.app.web.http;

import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.artifact.NamedFile;
import dev.likeness.diffusion.data.Png;
import dev.likeness.diffusion.data.RgbImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Answers with stored files. The entity tag is the hash of the content. */
@Component
public class FileAnswers {

    private static final CacheControl FOREVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePrivate().immutable();

    private static final CacheControl SOME_TIME =
            CacheControl.maxAge(Duration.ofMinutes(10)).cachePrivate();

    private final ArtifactStore store;

    FileAnswers(ArtifactStore store) {
        this.store = store;
    }

    /** A file that browsers save under its name. */
    public ResponseEntity<Resource> attachment(NamedFile file) {
        ContentDisposition attachment =
                ContentDisposition.attachment().filename(file.name()).build();
        return tagged(file.sha256())
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .header(HttpHeaders.CONTENT_DISPOSITION, attachment.toString())
                .body(store.resource(file.sha256()));
    }

    /** An image that browsers show, and that never changes under its URL. */
    public ResponseEntity<Resource> image(String sha256) {
        return tagged(sha256)
                .contentType(MediaType.IMAGE_PNG)
                .cacheControl(FOREVER)
                .body(store.resource(sha256));
    }

    /** As {@link #image(String)}, of any format, that browsers save under its name. */
    public ResponseEntity<Resource> image(String name, String sha256, MediaType type) {
        ContentDisposition shown = ContentDisposition.inline().filename(name).build();
        return tagged(sha256)
                .contentType(type)
                .cacheControl(FOREVER)
                .header(HttpHeaders.CONTENT_DISPOSITION, shown.toString())
                .body(store.resource(sha256));
    }

    /** An image that was rendered for the answer. */
    public static ResponseEntity<Resource> rendered(RgbImage image) {
        try {
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            Png.write(image, Map.of(), png);
            return ResponseEntity.ok()
                    .contentType(MediaType.IMAGE_PNG)
                    .cacheControl(SOME_TIME)
                    .body(new ByteArrayResource(png.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An answer with the entity tag of a file. */
    public static ResponseEntity.BodyBuilder tagged(String sha256) {
        return ResponseEntity.ok().eTag("\"%s\"".formatted(sha256));
    }
}
