package dev.likeness.app.spec;

import dev.likeness.app.refusal.Violation;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Words for what a subject is. */
public final class ClassWords {

    private static final Pattern CLASS_WORD = Pattern.compile("[^\\p{Cntrl}\\p{Cs}{}]{1,64}");

    private static final List<String> LOCATION = List.of("class_word");

    private ClassWords() {}

    /**
     * Strips and checks a class word.
     *
     * @param given as sent by the client
     * @throws InvalidSpecException unless it is a class word
     */
    public static String require(@Nullable String given) {
        String word = strip(given);
        check(word).ifPresent(violation -> {
            throw new InvalidSpecException(List.of(violation));
        });
        return word;
    }

    public static String strip(@Nullable String given) {
        return given == null ? "" : given.strip();
    }

    public static Optional<Violation> check(String word) {
        if (word.isEmpty()) {
            return Optional.of(new Violation(LOCATION, "is required: one word for what the subject is", "missing"));
        }
        if (!CLASS_WORD.matcher(word).matches()) {
            return Optional.of(new Violation(
                    LOCATION,
                    "must have at most 64 characters, without braces and control characters",
                    "pattern_mismatch"));
        }
        return Optional.empty();
    }
}
