package dev.likeness.diffusion.token;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Text as CLIP's tokenizer compares it to find added tokens in a prompt: composed (NFC), each run of white space
 * replaced by one blank, in lower case. Keeps the positions of its characters in the composed text.
 */
public final class NormalizedText {

    private static final Pattern SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

    private final String composed;
    private final String lower;
    /** The position in the composed text of each character in lower case, and of the end. */
    private final int[] places;

    /** Composes a text. */
    NormalizedText(String text) {
        composed =
                SPACE.matcher(Normalizer.normalize(text, Normalizer.Form.NFC)).replaceAll(" ");
        StringBuilder letters = new StringBuilder();
        int[] found = new int[3 * composed.length() + 1];
        for (int at = 0; at < composed.length(); at += Character.charCount(composed.codePointAt(at))) {
            // Character by character, as in the tokenizer: the end of a word does not change its last letter.
            String letter = Character.toString(composed.codePointAt(at)).toLowerCase(Locale.ROOT);
            for (int i = 0; i < letter.length(); i++) {
                found[letters.length() + i] = at;
            }
            letters.append(letter);
        }
        found[letters.length()] = composed.length();
        lower = letters.toString();
        places = found;
    }

    /** A text in the form that is compared. */
    public static String of(String text) {
        return new NormalizedText(text).lower;
    }

    /** The composed text, in its original case. */
    String composed() {
        return composed;
    }

    /** The text in the form that is compared. */
    String lower() {
        return lower;
    }

    /** The position in {@link #composed} of a character of {@link #lower}, or of its end. */
    int place(int index) {
        return places[index];
    }
}
