package dev.likeness.diffusion.face;

import dev.likeness.diffusion.data.PillowResize;
import dev.likeness.diffusion.data.Png;
import dev.likeness.diffusion.data.RgbImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Pictures with and without faces. */
final class Photos {

    /** The face of the astronaut as a person drew its box: from ear to ear, from the hairline to the chin. */
    static final FaceBox ASTRONAUTS_FACE = new FaceBox(178, 76, 94, 102, 1);

    private Photos() {}

    /** 512x512 pixels with one face seen from the front. */
    static RgbImage astronaut() {
        return read("photos/astronaut.png");
    }

    static RgbImage read(String name) {
        try (InputStream in =
                Objects.requireNonNull(Photos.class.getClassLoader().getResourceAsStream(name), name)) {
            return Png.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RgbImage black(int width, int height) {
        return new RgbImage(width, height, new byte[width * height * 3]);
    }

    /** The picture as squares of the given sides, next to each other from the left, on black. */
    static RgbImage sideBySide(RgbImage square, int... sides) {
        int width = 0;
        int height = 0;
        for (int side : sides) {
            width += side;
            height = Math.max(height, side);
        }
        RgbImage all = black(width, height);
        int x = 0;
        for (int side : sides) {
            RgbImage one = PillowResize.bicubic(square, side, side);
            for (int y = 0; y < side; y++) {
                System.arraycopy(one.rgb(), y * side * 3, all.rgb(), (y * width + x) * 3, side * 3);
            }
            x += side;
        }
        return all;
    }

    static FaceBox moved(FaceBox face, double scale, int byX) {
        return new FaceBox(
                (int) Math.round(face.x() * scale) + byX,
                (int) Math.round(face.y() * scale),
                (int) Math.round(face.width() * scale),
                (int) Math.round(face.height() * scale),
                face.score());
    }

    /** Intersection over union. */
    static double overlap(FaceBox one, FaceBox other) {
        double width = Math.min(one.x() + one.width(), other.x() + other.width()) - Math.max(one.x(), other.x());
        double height = Math.min(one.y() + one.height(), other.y() + other.height()) - Math.max(one.y(), other.y());
        double shared = Math.max(0, width) * Math.max(0, height);
        return shared / (one.area() + other.area() - shared);
    }
}
