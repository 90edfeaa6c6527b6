package dev.likeness.diffusion.evaluation;

import java.util.Arrays;

/**
 * Generated images and the subject and prompts that scores compare them with, all embedded by one encoder.
 *
 * @param images embeddings other than zero vectors, at least one
 */
public record EncodedImages(EncodedSubject subject, float[][] images, EncodedPrompts prompts) {

    /**
     * Some of the images, with their prompts.
     *
     * @param indices of the images, each below their number
     */
    public EncodedImages at(int[] indices) {
        return new EncodedImages(
                subject,
                Arrays.stream(indices).mapToObj(it -> images[it]).toArray(float[][]::new),
                prompts.at(indices));
    }
}
