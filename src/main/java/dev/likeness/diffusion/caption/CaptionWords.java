package dev.likeness.diffusion.caption;

import dev.likeness.diffusion.token.PromptSyntax;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts the subject's identifier into captions that contain only its class word: "a dog on a beach" becomes "a sks dog
 * on a beach". Needs no libtorch.
 */
public final class CaptionWords {

    /** A character of a word. "dog" is not a word in "dogs", "hotdog" or "dog-shaped". */
    private static final String WORD_CHARACTER = "[\\p{L}\\p{N}_-]";

    private final String subject;
    private final String name;
    private final Pattern named;
    private final Pattern identified;

    /**
     * @param classWord what the subject is, one or several words
     * @param identifier word for the subject in prompts; characters with a meaning in prompt syntax are escaped
     * @param keepClassWord whether the class word follows the identifier, or the identifier replaces it
     * @throws IllegalArgumentException if a word is blank
     */
    public CaptionWords(String classWord, String identifier, boolean keepClassWord) {
        if (classWord.isBlank() || identifier.isBlank()) {
            throw new IllegalArgumentException("class word and identifier must not be blank");
        }
        String known = words(identifier);
        String escaped = PromptSyntax.escape(classWord.strip());
        subject = keepClassWord ? identifier.strip() + ' ' + escaped : identifier.strip();
        // An existing identifier is part of what is replaced, so that naming twice changes nothing.
        named = whole("(?:" + known + "\\s+)?" + words(classWord));
        identified = whole(known);
        name = identifier.strip();
    }

    /**
     * A caption as a prompt. It inserts the identifier wherever the class word stands as a separate word, in upper or
     * lower case. A plural does not count, because it also means others. If the class word is missing, the identifier
     * is put in front.
     */
    public String name(String caption) {
        Matcher matcher = named.matcher(caption);
        if (matcher.find()) {
            return matcher.replaceAll(Matcher.quoteReplacement(subject));
        }
        Matcher names = identified.matcher(caption);
        if (names.find()) {
            return names.group().equalsIgnoreCase(name) ? caption : names.replaceAll(Matcher.quoteReplacement(name));
        }
        return caption.isBlank() ? subject : subject + ", " + caption.strip();
    }

    private static Pattern whole(String expression) {
        return Pattern.compile(
                "(?<!%1$s)%2$s(?!%1$s)".formatted(WORD_CHARACTER, expression),
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** Matches these words with any space between them, both unescaped and escaped as in prompts. */
    private static String words(String text) {
        return Stream.of(text, PromptSyntax.escape(text), PromptSyntax.text(text))
                .filter(it -> !it.isBlank())
                .distinct()
                .map(CaptionWords::quoted)
                .collect(Collectors.joining("|", "(?:", ")"));
    }

    private static String quoted(String text) {
        StringBuilder expression = new StringBuilder();
        for (String word : text.strip().split("\\s+")) {
            expression.append(expression.isEmpty() ? "" : "\\s+").append(Pattern.quote(word));
        }
        return expression.toString();
    }
}
