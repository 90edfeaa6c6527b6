package dev.likeness.diffusion.evaluation;

import dev.likeness.diffusion.wire.Wire;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A metric of generated images, with its texts and its computation (Ruiz et al. 2022, arXiv:2208.12242, section 4).
 * Tables, reports, selection, documentation and the API iterate over these constants.
 */
public enum Metric implements Wire {
    CLIP_I(
            new Words(
                    "CLIP-I",
                    "similarity of the images to the subject's pictures",
                    "mean cosine of CLIP image embeddings over all pairs of a generated image and a real picture"),
            Images.SUBJECT,
            List.of(EncoderKind.CLIP),
            Pairing.IMAGES_AND_PICTURES,
            Direction.UP_TO_REFERENCE),

    CLIP_T(
            new Words(
                    "CLIP-T",
                    "how well the images show their prompt, without the identifier",
                    "mean cosine between each generated image and its prompt, both in CLIP; the prompt names the class word, not the subject"),
            Images.SUBJECT,
            List.of(EncoderKind.CLIP),
            Pairing.IMAGES_AND_PROMPTS,
            Direction.HIGHER),

    CLIP_T_MARGIN(
            new Words(
                    "CLIP-T margin",
                    "how much better the images show their own prompt than the others",
                    "cosine of each generated image with its own prompt, less its mean cosine with the other prompts of its set; needs two prompts or more"),
            Images.SUBJECT,
            List.of(EncoderKind.CLIP),
            Pairing.OWN_AND_OTHER_PROMPTS,
            Direction.HIGHER),

    DINO(
            new Words(
                    "DINO",
                    "similarity of the images to the subject's pictures, in finer detail",
                    "like `clip_i`, with the class token of a DINO ViT or a DINOv2, which distinguishes subjects of one class"),
            Images.SUBJECT,
            List.of(EncoderKind.DINO),
            Pairing.IMAGES_AND_PICTURES,
            Direction.UP_TO_REFERENCE),

    DETAIL(
            new Words(
                    "detail",
                    "how much of the detail of the subject's pictures the images show",
                    "share of the variance of the 48 strongest patches of a picture that the nearest patches of an image explain; 8x8 of 64x64 pixels in CIELAB, without their means; mean over all pairs of a generated image and a real picture"),
            Images.SUBJECT,
            List.of(EncoderKind.PATCHES),
            Pairing.DETAILS,
            Direction.UP_TO_REFERENCE),

    COLOUR_SHIFT(
            new Words(
                    "colour shift",
                    "how much more saturated the images are than the subject's pictures",
                    "mean CIELAB chroma of the images, less that of the pictures; `colours` has mean and spread of chroma and hue of both"),
            Images.SUBJECT,
            List.of(EncoderKind.CIELAB),
            Pairing.COLOURS,
            Direction.TO_ZERO),

    PRES(
            new Words(
                    "PRES",
                    "similarity of the plain class to the subject: what leaked into the class",
                    "like `clip_i`, of images of the plain class"),
            Images.PLAIN_CLASS,
            List.of(EncoderKind.DINO, EncoderKind.CLIP),
            Pairing.CLASS_AND_PICTURES,
            Direction.LOWER),

    DIV(
            new Words(
                    "DIV",
                    "how different the images of the plain class are",
                    "1 - mean cosine of all distinct pairs of images of the plain class"),
            Images.PLAIN_CLASS,
            List.of(EncoderKind.DINO, EncoderKind.CLIP),
            Pairing.CLASS_PAIRS,
            Direction.HIGHER);
    private final Words words;
    private final Images images;
    private final List<EncoderKind> encoders;
    private final Pairing pairing;
    private final Direction direction;

    Metric(Words words, Images images, List<EncoderKind> encoders, Pairing pairing, Direction direction) {
        this.words = words;
        this.images = images;
        this.encoders = encoders;
        this.pairing = pairing;
        this.direction = direction;
    }

    /** The metrics of images of one kind, in the order of tables and reports. */
    public static List<Metric> of(Images images) {
        return Arrays.stream(values()).filter(it -> it.images == images).toList();
    }

    /**
     * The metrics that can select a checkpoint by themselves and compare samplers: those that the images of each prompt have as
     * well.
     */
    public static List<Metric> deciding() {
        return Arrays.stream(values()).filter(Metric::isDeciding).toList();
    }

    /** The name in tables and sentences. */
    public String title() {
        return words.title();
    }

    /** The property of the images that it measures, in one phrase. */
    public String meaning() {
        return words.meaning();
    }

    /** Its definition, as Markdown. */
    public String formula() {
        return words.formula();
    }

    public Images images() {
        return images;
    }

    /** The encoders that can compute it, the best one first. */
    public List<EncoderKind> encoders() {
        return encoders;
    }

    public Direction direction() {
        return direction;
    }

    /** Which embeddings it compares, for instance {@code all generated x real}. */
    public String pairing() {
        return pairing.words();
    }

    /** What the reference compares, for instance {@code between the pictures themselves}. */
    public String reference() {
        return pairing.referenceWords();
    }

    /** Whether it is also computed for the images of each prompt. */
    public boolean isByPrompt() {
        return pairing.scope() == Pairing.Scope.EACH_PROMPT_TOO;
    }

    /** Whether it can select a checkpoint. */
    public boolean isDeciding() {
        return images == Images.SUBJECT && isByPrompt() && direction != Direction.TO_ZERO;
    }

    /**
     * Whether images can lack it although an encoder is available. They then have no such score, rather than a score
     * with a reason.
     */
    public boolean isOptional() {
        return pairing.scope() == Pairing.Scope.SEVERAL_PROMPTS;
    }

    /**
     * Computes it.
     *
     * @param encoded by one of its {@link #encoders()}
     * @return empty if it is optional and the images lack it
     */
    public Optional<Measurement> measure(EncodedImages encoded) {
        return pairing.measure(encoded);
    }

    /** What the scored images show. */
    public enum Images {
        /** The subject, in the scenes of the prompts. */
        SUBJECT,
        /** Anything of the subject's class: the prompt names only the class. */
        PLAIN_CLASS
    }

    /** Which values are better. */
    public enum Direction {
        HIGHER("higher", "highest"),
        /** A value above the reference is no better than the reference. */
        UP_TO_REFERENCE("higher, up to `reference`", "highest"),
        LOWER("lower", "lowest"),
        /** The sign says in which direction images differ from the pictures. */
        TO_ZERO("closer to 0", "closest to 0");

        private final String words;
        private final String best;

        Direction(String words, String best) {
            this.words = words;
            this.best = best;
        }

        /** Which values are better, as Markdown. */
        public String words() {
            return words;
        }

        /** Which of several values is best. */
        public String best() {
            return best;
        }

        /** Compares two values; the better one is greater. */
        public int compare(double one, double other) {
            return switch (this) {
                case HIGHER, UP_TO_REFERENCE -> Double.compare(one, other);
                case LOWER -> Double.compare(other, one);
                case TO_ZERO -> Double.compare(Math.abs(other), Math.abs(one));
            };
        }
    }

    private record Words(String title, String meaning, String formula) {}
}
