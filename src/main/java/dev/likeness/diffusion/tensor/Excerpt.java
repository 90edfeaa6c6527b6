package dev.likeness.diffusion.tensor;

/** The beginning of a text, for messages: an untrusted file may contain very long names. */
public final class Excerpt {

    private static final int LENGTH = 200;

    private Excerpt() {}

    /**
     * The text, or its first 200 characters and an ellipsis.
     *
     * @return cut between code points, so valid Unicode stays valid
     */
    public static String of(String text) {
        // A code point has at most two characters, so longer texts need no count.
        boolean isShort = text.length() <= 2 * LENGTH && text.codePointCount(0, text.length()) <= LENGTH;
        return isShort ? text : text.substring(0, text.offsetByCodePoints(0, LENGTH)) + "…";
    }
}
