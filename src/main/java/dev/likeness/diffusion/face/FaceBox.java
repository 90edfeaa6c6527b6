package dev.likeness.diffusion.face;

/**
 * The box of a face, from the hairline to the chin, inside the picture.
 *
 * @param x pixels from the left
 * @param y pixels from the top
 * @param width pixels, at least 1
 * @param height pixels, at least 1
 * @param score of the detector, from 0 to 1
 */
public record FaceBox(int x, int y, int width, int height, float score) {

    public FaceBox {
        if (x < 0 || y < 0 || width < 1 || height < 1) {
            throw new IllegalArgumentException("no box: %d, %d, %dx%d".formatted(x, y, width, height));
        }
    }

    long area() {
        return (long) width * height;
    }
}
