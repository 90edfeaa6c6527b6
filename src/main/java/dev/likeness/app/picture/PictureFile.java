package dev.likeness.app.picture;

import org.jspecify.annotations.Nullable;

/**
 * A still picture whose structure was checked from the first byte to the last before decoding.
 *
 * @param width pixels, from the header
 * @param height pixels, as the header says
 * @param wide whether a sample has 16 bits
 * @param essence the file with what its pixels need and nothing else: no metadata, no profile, nothing after its end
 * @param profile the embedded ICC profile, null without a profile or if the essence contains it
 * @param exif the embedded EXIF data, from its TIFF header on
 */
public record PictureFile(
        PictureFormat format,
        int width,
        int height,
        boolean wide,
        byte[] essence,
        byte @Nullable [] profile,
        byte @Nullable [] exif) {

    /** The cost of decoding in pixels. A pixel with wide samples counts as two. */
    public long cost() {
        return (long) width * height * (wide ? 2 : 1);
    }

    /**
     * Checks the structure of a file.
     *
     * @throws RefusedPictureException if it is not a picture, or animated, incomplete or damaged
     */
    public static PictureFile open(byte[] file) throws RefusedPictureException {
        PictureFormat format = PictureFormat.of(file);
        return switch (format) {
            case JPEG -> new JpegFile(file).open();
            case PNG -> new PngFile(file).open();
            case WEBP -> new WebpFile(file).open();
        };
    }
}
