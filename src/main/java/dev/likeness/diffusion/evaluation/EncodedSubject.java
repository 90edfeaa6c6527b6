package dev.likeness.diffusion.evaluation;

/** The real pictures of a subject, embedded by one encoder. */
public final class EncodedSubject {

    private final String encoder;
    private final float[][] pictures;

    /**
     * @param encoder id of the encoder, for instance {@code likeness/tiny-world/clip}
     * @param pictures embeddings other than zero vectors, at least two
     */
    public EncodedSubject(String encoder, float[][] pictures) {
        this.encoder = encoder;
        this.pictures = pictures;
    }

    public String encoder() {
        return encoder;
    }

    float[][] pictures() {
        return pictures;
    }

    /** Mean cosine over all pairs of two different real pictures, -1 to 1: the value of a perfect likeness. */
    double similarity() {
        return Similarity.within(pictures).value();
    }
}
