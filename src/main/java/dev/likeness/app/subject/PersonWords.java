package dev.likeness.app.subject;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Class words that mean a person. */
final class PersonWords {

    private static final Set<String> PEOPLE = Set.of(
            ("person persons people human humans man men woman women boy boys girl girls child children kid kids baby"
                            + " babies toddler toddlers infant infants teen teens teenager teenagers adult adults lady"
                            + " ladies gentleman gentlemen guy guys male female face faces mother mom mum father dad"
                            + " parent parents grandmother grandma grandfather grandpa daughter son sister brother"
                            + " wife husband bride groom couple family friend friends actor actress singer dancer"
                            + " athlete")
                    .split(" "));

    /** The words after these only describe: a man with a dog. */
    private static final Set<String> PREPOSITIONS = Set.of("with", "in", "on", "of", "at", "from", "wearing");

    private PersonWords() {}

    /** Whether the head noun means a person: "old man" and "man with a hat", not "man's hat". */
    static boolean mean(String classWord) {
        List<String> words = List.of(classWord.toLowerCase(Locale.ROOT).strip().split("[^\\p{L}]+"));
        int end =
                (int) words.stream().takeWhile(it -> !PREPOSITIONS.contains(it)).count();
        return end > 0 && PEOPLE.contains(words.get(end - 1));
    }
}
