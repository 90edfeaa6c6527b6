package dev.likeness.app.picture;

/**
 * How the file of a generated image is written.
 *
 * @param quality 1 to 100, of a lossy format
 */
public record ImageEncoding(PictureFormat format, int quality) {

    /** The exact pixels. */
    public static final ImageEncoding EXACT = new ImageEncoding(PictureFormat.PNG, 100);
}
