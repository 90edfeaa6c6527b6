package dev.likeness.diffusion.evaluation;

import java.util.Arrays;

/**
 * The prompts of a set of images, embedded by the encoder of the images.
 *
 * @param texts embeddings of the different prompts
 * @param asked for each image the index of its prompt in {@code texts}
 * @param plainClass embedding of the class prompt; of length 0 if there are no prompts
 */
public record EncodedPrompts(float[][] texts, int[] asked, float[] plainClass) {

    /** For images that no score compares with prompts. */
    public static final EncodedPrompts NONE = new EncodedPrompts(new float[0][], new int[0], new float[0]);

    /** For each image the embedding of its prompt. */
    float[][] ofImages() {
        return Arrays.stream(asked).mapToObj(it -> texts[it]).toArray(float[][]::new);
    }

    EncodedPrompts at(int[] images) {
        return this == NONE
                ? NONE
                : new EncodedPrompts(
                        texts, Arrays.stream(images).map(it -> asked[it]).toArray(), plainClass);
    }
}
