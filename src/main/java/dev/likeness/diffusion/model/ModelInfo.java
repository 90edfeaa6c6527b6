package dev.likeness.diffusion.model;

/**
 * Facts about a base model, read from its folder.
 *
 * @param family for instance {@code stable-diffusion-1}
 * @param files SHA-256 over the folder's configuration and weight files
 * @param resolution native image side in pixels
 * @param sizeMultiple image sides are multiples of this many pixels
 */
public record ModelInfo(String family, ModelHash files, int resolution, int sizeMultiple) {

    /**
     * SHA-256 over the folder's configuration and weight files, hexadecimal. Waits until all files are read.
     *
     * @throws dev.likeness.diffusion.tensor.InvalidModelException if a file cannot be read
     */
    public String hash() {
        return files.value();
    }
}
