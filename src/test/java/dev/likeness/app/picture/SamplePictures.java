package dev.likeness.app.picture;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * Files of every kind, made with Pillow 12.3.0, the rarer ones by {@code colours.py} beside them; {@code NAME.expected.png}
 * is what Pillow shows of it, as sRGB on white.
 */
public final class SamplePictures {

    private SamplePictures() {}

    public static byte[] read(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(SamplePictures.class.getResourceAsStream("/pictures/uploads/" + name), name)) {
            return in.readAllBytes();
        }
    }
}
