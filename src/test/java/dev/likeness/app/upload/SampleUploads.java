package dev.likeness.app.upload;

import dev.likeness.app.picture.FaceSearch;
import dev.likeness.app.picture.SamplePictures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import org.springframework.util.unit.DataSize;

/** Uploads of {@link SamplePictures}, and limits that suit them. */
public final class SampleUploads {

    static final UploadSettings SETTINGS =
            new UploadSettings(3, 6, DataSize.ofKilobytes(100), DataSize.ofKilobytes(250), 1_000_000, 64, 90);

    private SampleUploads() {}

    public static PictureIntake intake(FaceSearch faces, PixelBudget budget) {
        return new PictureIntake(SETTINGS, faces, budget, new DecodingMemory(Clock.systemUTC(), () -> {}));
    }

    public static Upload upload(String fileName, byte[] content) {
        return new Upload(fileName, content.length, () -> new ByteArrayInputStream(content));
    }

    public static Upload upload(String name) throws IOException {
        return upload(name, SamplePictures.read(name));
    }
}
