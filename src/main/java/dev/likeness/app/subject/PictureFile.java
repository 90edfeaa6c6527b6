package dev.likeness.app.subject;

import org.jspecify.annotations.Nullable;

/**
 * A still picture whose structure was checked from its first byte to its last, before anything was decoded.
 *
 * @param width pixels, as the header says
 * @param height pixels, as the header says
 * @param wide whether a sample has 16 bits
 * @param essence the file with what its pixels need and nothing else: no metadata, no profile, nothing after its end
 * @param profile the embedded ICC profile, unless there is none or the essence holds it
 * @param exif the embedded EXIF data, from its TIFF header on
 */
record PictureFile(
        PictureFormat format,
        int width,
        int height,
        boolean wide,
        byte[] essence,
        byte @Nullable [] profile,
        byte @Nullable [] exif) {

    /** What decoding it takes, in pixels: one with wide samples takes the memory of two. */
    long cost() {
        return (long) width * height * (wide ? 2 : 1);
    }

    /**
     * Takes a file apart.
     *
     * @throws RefusedPictureException if it is no picture, animated, incomplete or damaged
     */
    static PictureFile open(byte[] file) throws RefusedPictureException {
        PictureFormat format = PictureFormat.of(file);
        return switch (format) {
            case JPEG -> new JpegFile(file).open();
            case PNG -> new PngFile(file).open();
            case WEBP -> new WebpFile(file).open();
        };
    }
}
