package dev.likeness.diffusion.data;

import java.util.List;
import java.util.Optional;

/**
 * How pictures become training pictures.
 *
 * @param resolution side of a square in pixels; with buckets, the area is at most its square
 * @param stride with aspect-ratio buckets, the sides of training pictures are multiples of it; 0 without buckets
 * @param random whether each use of a picture cuts another part of it
 */
public record Framing(int resolution, int stride, boolean random) {

    /** The size for a picture. */
    public TrainingSize size(int width, int height) {
        return stride == 0
                ? TrainingSize.square(width, height, resolution)
                : TrainingSize.bucket(width, height, resolution, stride);
    }

    /**
     * All parts of a picture that train.
     *
     * @param focus the place to have in the middle, unless parts are random; empty for the middle of the picture
     */
    public List<TrainingFrame> frames(int width, int height, Optional<Focus> focus) {
        TrainingSize size = size(width, height);
        if (random) {
            return TrainingFrame.all(width, height, size);
        }
        return List.of(focus.map(at -> TrainingFrame.around(width, height, size, at))
                .orElseGet(() -> TrainingFrame.middle(width, height, size)));
    }
}
