package dev.likeness.app.picture;

import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.artifact.StorageException;
import dev.likeness.app.artifact.StorageException.Reason;
import dev.likeness.app.artifact.StoredFile;
import dev.likeness.diffusion.data.Png;
import dev.likeness.diffusion.data.RgbImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Pictures in the artifact store, as PNG. */
@Component
public class StoredPictures {

    private static final String MEDIA_TYPE = "image/png";

    private final ArtifactStore artifacts;

    public StoredPictures(ArtifactStore artifacts) {
        this.artifacts = artifacts;
    }

    /** @throws StorageException if the file is missing, damaged or not a picture */
    public RgbImage read(String sha256) {
        try {
            return Png.read(new ByteArrayInputStream(artifacts.bytes(sha256)));
        } catch (IOException e) {
            throw new StorageException(Reason.CORRUPT, "file %s is not a picture".formatted(sha256), e);
        }
    }

    /** @param texts text chunks of the file, by keyword */
    public StoredFile keep(RgbImage image, Map<String, String> texts) {
        return artifacts.put(MEDIA_TYPE, out -> Png.write(image, texts, out));
    }
}
