package dev.likeness.diffusion.face;

import dev.likeness.diffusion.data.CropMode;
import dev.likeness.diffusion.data.Focus;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.data.Saliency;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The places that crops have in their middle. */
public final class Focuses {

    private Focuses() {}

    /**
     * The place of a picture.
     *
     * @param faces in the picture, the largest first; called only if they are needed
     * @return empty for the middle of the picture, and for random crops
     */
    public static Optional<Focus> of(CropMode mode, RgbImage image, Supplier<List<FaceBox>> faces) {
        return switch (mode) {
            case CENTER, RANDOM -> Optional.empty();
            case FACE -> faces.get().stream().findFirst().map(Focuses::middle);
            case SALIENCY -> Saliency.focus(image);
        };
    }

    private static Focus middle(FaceBox face) {
        return new Focus(face.x() + face.width() / 2.0, face.y() + face.height() / 2.0);
    }
}
