package dev.likeness.diffusion.evaluation;

/**
 * Colours of generated images and of the subject's pictures.
 *
 * @param generated of the images
 * @param real of the pictures
 */
public record ColourShift(Colours generated, Colours real) {

    static ColourShift of(EncodedImages encoded) {
        return new ColourShift(
                Colours.of(encoded.images()), Colours.of(encoded.subject().pictures()));
    }

    /** Mean chroma of the images, less that of the pictures. Its interval resamples both. */
    static Similarity chroma(EncodedImages encoded) {
        return Similarity.difference(
                ColourEncoder.chromas(encoded.images()),
                ColourEncoder.chromas(encoded.subject().pictures()));
    }
}
