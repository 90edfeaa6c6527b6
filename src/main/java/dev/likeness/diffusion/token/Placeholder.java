package dev.likeness.diffusion.token;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A word for one or more learned tokens.
 *
 * @param word for instance {@code <sks>}
 * @param vectors number of tokens
 */
public record Placeholder(String word, int vectors) {

    /** The tokens' texts: {@code <sks> <sks>_1 <sks>_2}, as diffusers numbers them. */
    public List<String> tokens() {
        return IntStream.range(0, vectors)
                .mapToObj(i -> i == 0 ? word : word + "_" + i)
                .toList();
    }

    /**
     * Replaces every occurrence of the word by all of its tokens, unless they follow already. The word is found as the
     * tokenizer finds its first token: in any case, composed or decomposed.
     *
     * @param text without prompt syntax
     */
    public String expand(String text) {
        if (vectors == 1) {
            return text;
        }
        NormalizedText prompt = new NormalizedText(text);
        List<String> tokens = tokens().stream().map(NormalizedText::of).toList();
        String wanted = tokens.get(0);
        StringBuilder expanded = new StringBuilder();
        int from = 0;
        int at = prompt.lower().indexOf(wanted);
        while (at >= 0) {
            int end = at + wanted.length();
            if (!isLater(prompt.lower(), end, tokens) && !isFollowed(prompt.lower(), end, tokens)) {
                expanded.append(prompt.composed(), from, prompt.place(at)).append(String.join(" ", tokens()));
                from = prompt.place(end);
            }
            at = prompt.lower().indexOf(wanted, end);
        }
        return from == 0
                ? text
                : expanded.append(prompt.composed().substring(from)).toString();
    }

    /** Whether an occurrence is only the beginning of a later token. */
    private static boolean isLater(String prompt, int end, List<String> tokens) {
        int first = tokens.get(0).length();
        return tokens.stream().skip(1).anyMatch(token -> prompt.startsWith(token.substring(first), end));
    }

    /** Whether the second token already follows the first. */
    private static boolean isFollowed(String prompt, int end, List<String> tokens) {
        boolean isBlank = end < prompt.length() && prompt.charAt(end) == ' ';
        return prompt.startsWith(tokens.get(1), isBlank ? end + 1 : end);
    }
}
