package dev.likeness.diffusion.caption;

import dev.likeness.diffusion.token.PromptSyntax;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names the subject in captions that know only its class: "a dog on a beach" becomes "a sks dog on a beach". Needs no
 * libtorch.
 */
public final class CaptionWords {

    /** Part of a word: "dog" is no word in "dogs", "hotdog" or "dog-shaped". */
    private static final String WORD_CHARACTER = "[\\p{L}\\p{N}_-]";

    private final String subject;
    private final String name;
    private final Pattern named;
    private final Pattern identified;

    /**
     * @param classWord what the subject is, one word or several
     * @param identifier its own name as prompts have it: what looks like syntax in it is escaped
     * @param keepClassWord whether the class word follows the identifier, or the identifier stands for it
     * @throws IllegalArgumentException if a word is blank
     */
    public CaptionWords(String classWord, String identifier, boolean keepClassWord) {
        if (classWord.isBlank() || identifier.isBlank()) {
            throw new IllegalArgumentException("class word and identifier may not be blank");
        }
        String known = words(identifier);
        String escaped = PromptSyntax.escape(classWord.strip());
        subject = keepClassWord ? identifier.strip() + ' ' + escaped : identifier.strip();
        // An identifier that stands there already is part of what is replaced: naming twice changes nothing.
        named = whole("(?:" + known + "\\s+)?" + words(classWord));
        identified = whole(known);
        name = identifier.strip();
    }

    /**
     * A caption as a prompt: puts the subject's name wherever the class word stands as a word of its own, in any case of letters. A plural
     * does not count: it speaks of others too. Where the class word does not stand, the name goes in front.
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

    /** These words, with any space between them, as they are and as prompts have them. */
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
