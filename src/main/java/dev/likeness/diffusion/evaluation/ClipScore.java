package dev.likeness.diffusion.evaluation;

/**
 * How alike things are to CLIP, as the mean cosine of their embeddings (Ruiz et al. 2022, arXiv:2208.12242, section 4.1):
 * pictures to pictures for CLIP-I, pictures to the texts they were drawn from for CLIP-T.
 */
public final class ClipScore {

    private ClipScore() {}

    /**
     * The mean cosine over all pairs of a generated and a real picture.
     *
     * @param generated embeddings, of any length but 0, at least one
     * @param real embeddings, of any length but 0, at least one
     * @return -1 to 1
     */
    public static double pairwiseMean(float[][] generated, float[][] real) {
        double sum = 0;
        for (float[] g : generated) {
            for (float[] r : real) {
                sum += cosine(g, r);
            }
        }
        return sum / ((double) generated.length * real.length);
    }

    /**
     * The mean cosine over all pairs of two different pictures: what the real pictures reach among themselves.
     *
     * @param real embeddings, of any length but 0, at least two
     * @return -1 to 1
     */
    public static double distinctPairMean(float[][] real) {
        if (real.length < 2) {
            throw new IllegalArgumentException("distinct pairs need two pictures or more");
        }
        double sum = 0;
        for (int i = 0; i < real.length; i++) {
            for (int j = 0; j < i; j++) {
                sum += cosine(real[i], real[j]);
            }
        }
        return sum / (real.length * (real.length - 1) / 2.0);
    }

    /**
     * The mean cosine of each picture with its own text: CLIP-T.
     *
     * @param pictures embeddings, of any length but 0, at least one
     * @param texts as many embeddings, in the same order
     * @return -1 to 1
     */
    public static double matchingMean(float[][] pictures, float[][] texts) {
        if (pictures.length == 0 || pictures.length != texts.length) {
            throw new IllegalArgumentException("%d pictures with %d texts".formatted(pictures.length, texts.length));
        }
        double sum = 0;
        for (int i = 0; i < pictures.length; i++) {
            sum += cosine(pictures[i], texts[i]);
        }
        return sum / pictures.length;
    }

    /**
     * The cosine of two embeddings of any length but 0.
     *
     * @return -1 to 1
     */
    public static double cosine(float[] a, float[] b) {
        double dot = 0;
        double lengthA = 0;
        double lengthB = 0;
        for (int i = 0; i < a.length; i++) {
            dot += (double) a[i] * b[i];
            lengthA += (double) a[i] * a[i];
            lengthB += (double) b[i] * b[i];
        }
        return dot / Math.sqrt(lengthA * lengthB);
    }
}
