package dev.likeness.diffusion.token;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A word that stands for one or more learned tokens.
 *
 * @param word for instance {@code <sks>}
 * @param vectors how many tokens it stands for
 */
public record Placeholder(String word, int vectors) {

    /** The tokens' spellings: {@code <sks> <sks>_1 <sks>_2}, as diffusers numbers them. */
    public List<String> tokens() {
        return IntStream.range(0, vectors)
                .mapToObj(i -> i == 0 ? word : word + "_" + i)
                .toList();
    }

    /** A prompt with every occurrence of the word, unless it is a numbered one, replaced by all of its tokens. */
    public String expand(String prompt) {
        if (vectors == 1) {
            return prompt;
        }
        return Pattern.compile(Pattern.quote(word) + "(?!_\\d)")
                .matcher(prompt)
                .replaceAll(Matcher.quoteReplacement(String.join(" ", tokens())));
    }
}
