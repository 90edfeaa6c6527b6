package dev.likeness.diffusion.token;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Text as CLIP's tokenizer compares it, which is how it finds added tokens in a prompt: composed (NFC), every run of white
 * space one blank, in lower case. Keeps where its characters stand in the composed text.
 */
public final class NormalizedText {

    private static final Pattern SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

    private final String composed;
    private final String lower;
    /** Where each character of the lower case, and its end, stands in the composed text. */
    private final int[] places;

    /** Composes a text. */
    NormalizedText(String text) {
        composed =
                SPACE.matcher(Normalizer.normalize(text, Normalizer.Form.NFC)).replaceAll(" ");
        StringBuilder letters = new StringBuilder();
        int[] found = new int[3 * composed.length() + 1];
        for (int at = 0; at < composed.length(); at += Character.charCount(composed.codePointAt(at))) {
            // One by one, as the tokenizer does: a word's end does not change its last letter.
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

    /** A text as it is compared. */
    public static String of(String text) {
        return new NormalizedText(text).lower;
    }

    /** The composed text, in its own case of letters. */
    String composed() {
        return composed;
    }

    /** The text as it is compared. */
    String lower() {
        return lower;
    }

    /** Where a character of {@link #lower}, or its end, stands in {@link #composed}. */
    int place(int index) {
        return places[index];
    }
}
