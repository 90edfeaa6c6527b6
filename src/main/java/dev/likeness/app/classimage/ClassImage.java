package dev.likeness.app.classimage;

import org.jspecify.annotations.Nullable;

/**
 * An image of a class set.
 *
 * @param position in the set, from 0
 * @param fileName as the client named it, made printable
 * @param originalFormat {@code jpeg}, {@code png} or {@code webp}
 * @param size in pixels
 * @param caption its prompt in training; null for the prompt of the job
 * @param files in the artifact store
 */
public record ClassImage(
        int position,
        String fileName,
        String originalFormat,
        Size size,
        @Nullable String caption,
        Files files) {

    /** In pixels. */
    public record Size(int width, int height) {}

    /**
     * Files in the artifact store.
     *
     * @param image the upright sRGB PNG
     * @param thumbnail its thumbnail
     */
    public record Files(String image, String thumbnail) {}
}
