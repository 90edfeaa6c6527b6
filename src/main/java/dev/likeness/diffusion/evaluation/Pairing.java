package dev.likeness.diffusion.evaluation;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which embeddings a metric compares, and how it combines them to one value. */
enum Pairing {
    /** Every image with every real picture. The reference compares the real pictures with each other. */
    IMAGES_AND_PICTURES(
            "all generated x real",
            Scope.EACH_PROMPT_TOO,
            it -> Similarity.between(it.images(), it.subject().pictures()),
            it -> it.subject().similarity(),
            "between the pictures themselves"),

    /** Every image with its own prompt. The reference compares the real pictures with the class prompt. */
    IMAGES_AND_PROMPTS(
            "each generated x its prompt without the identifier",
            Scope.EACH_PROMPT_TOO,
            it -> Similarity.matching(it.images(), it.prompts().ofImages()),
            it -> Similarity.between(
                            it.subject().pictures(), new float[][] {it.prompts().plainClass()})
                    .value(),
            "of the pictures with the plain class"),

    /** Every image with its own prompt, less its mean with the other prompts. Needs at least two prompts. */
    OWN_AND_OTHER_PROMPTS(
            "each generated x its prompt, less the mean with the other prompts",
            Scope.SEVERAL_PROMPTS,
            it -> Similarity.margin(
                    it.images(), it.prompts().asked(), it.prompts().texts()),
            it -> null,
            "none"),

    /**
     * Every image of the plain class with every real picture. The reference compares the real pictures with each other.
     */
    CLASS_AND_PICTURES(
            "all images of the class x real",
            Scope.ALL_IMAGES,
            it -> Similarity.between(it.images(), it.subject().pictures()),
            it -> it.subject().similarity(),
            "between the pictures themselves"),

    /** The images of the plain class with each other, as a distance. The reference is that of the real pictures. */
    CLASS_PAIRS(
            "distinct pairs of images of the class",
            Scope.ALL_IMAGES,
            it -> Similarity.within(it.images()).complement(),
            it -> 1 - it.subject().similarity(),
            "between the pictures themselves"),

    /** The patches of all images with those of all pictures. The reference compares different pictures. */
    DETAILS(
            "all generated x real",
            Scope.ALL_IMAGES,
            Details::of,
            it -> Details.reference(it.subject()),
            "between the pictures themselves"),

    /** The colours of all images with those of all pictures. */
    COLOURS("all generated, less all real", Scope.EACH_PROMPT_TOO, ColourShift::chroma, it -> null, "none") {
        @Override
        ColourShift colours(EncodedImages images) {
            return ColourShift.of(images);
        }
    };

    private final String words;
    private final Scope scope;
    private final Function<EncodedImages, Similarity> value;
    private final Function<EncodedImages, @Nullable Double> reference;
    private final String referenceWords;

    Pairing(
            String words,
            Scope scope,
            Function<EncodedImages, Similarity> value,
            Function<EncodedImages, @Nullable Double> reference,
            String referenceWords) {
        this.words = words;
        this.scope = scope;
        this.value = value;
        this.reference = reference;
        this.referenceWords = referenceWords;
    }

    /** The name of the pairing in results. */
    String words() {
        return words;
    }

    /** What the reference compares. */
    String referenceWords() {
        return referenceWords;
    }

    Scope scope() {
        return scope;
    }

    @Nullable
    ColourShift colours(EncodedImages images) {
        return null;
    }

    /** Empty if the images have too few prompts. */
    Optional<Measurement> measure(EncodedImages images) {
        if (scope == Scope.SEVERAL_PROMPTS && images.prompts().texts().length < 2) {
            return Optional.empty();
        }
        return Optional.of(new Measurement(
                value.apply(images), images.subject().encoder(), reference.apply(images), colours(images)));
    }

    /** Which images are compared together. */
    enum Scope {
        /** All images, and also those of each prompt separately. */
        EACH_PROMPT_TOO,
        /** All images. */
        ALL_IMAGES,
        /** All images, if they have at least two prompts. */
        SEVERAL_PROMPTS
    }
}
