package dev.likeness.app.subject;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Objects;
import org.springframework.util.unit.DataSize;

/**
 * Files of every kind, made with Pillow 12.3.0, the rarer ones by {@code colours.py} beside them; {@code NAME.expected.png}
 * is what Pillow shows of it, as sRGB on white.
 */
final class SamplePictures {

    static final UploadSettings SETTINGS =
            new UploadSettings(3, 6, DataSize.ofKilobytes(100), DataSize.ofKilobytes(250), 1_000_000, 64, 90);

    private SamplePictures() {}

    static PictureIntake intake(FaceSearch faces, PixelBudget budget) {
        return new PictureIntake(SETTINGS, faces, budget, new DecodingMemory(Clock.systemUTC(), () -> {}));
    }

    static byte[] read(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(SamplePictures.class.getResourceAsStream("/pictures/uploads/" + name), name)) {
            return in.readAllBytes();
        }
    }

    static Upload upload(String fileName, byte[] content) {
        return new Upload(fileName, content.length, () -> new ByteArrayInputStream(content));
    }

    static Upload upload(String name) throws IOException {
        return upload(name, read(name));
    }
}
