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

/** Pictures in the artifact store. Those that are sent are PNG, generated images in the format that is wanted. */
@Component
public class StoredPictures {

    private final ArtifactStore artifacts;

    public StoredPictures(ArtifactStore artifacts) {
        this.artifacts = artifacts;
    }

    /** @throws StorageException if the file is missing, damaged or not a picture */
    public RgbImage read(String sha256) {
        byte[] file = artifacts.bytes(sha256);
        try {
            return PictureFormat.of(file) == PictureFormat.PNG
                    ? Png.read(new ByteArrayInputStream(file))
                    : PictureDecoder.decode(PictureFile.open(file));
        } catch (IOException | RefusedPictureException e) {
            throw new StorageException(Reason.CORRUPT, "file %s is not a picture".formatted(sha256), e);
        }
    }

    /** @param texts text chunks of the file, by keyword */
    public StoredFile keep(RgbImage image, Map<String, String> texts) {
        return artifacts.put(PictureFormat.PNG.mediaType(), out -> Png.write(image, texts, out));
    }

    /** Keeps a generated image, and the exact pixels beside a lossy file. */
    public StoredImage keep(RgbImage image, ImageEncoding encoding, ImageTexts texts) {
        StoredFile exact = keep(image, texts.chunks());
        if (encoding.format() == PictureFormat.PNG) {
            return StoredImage.png(exact);
        }
        byte[] lossy = encoding.format() == PictureFormat.JPEG
                ? JpegEncoder.encode(image, encoding.quality(), texts)
                : WebpEncoder.encode(image, encoding.quality(), texts);
        StoredFile file = artifacts.put(encoding.format().mediaType(), out -> out.write(lossy));
        return new StoredImage(encoding.format(), file, exact);
    }
}
