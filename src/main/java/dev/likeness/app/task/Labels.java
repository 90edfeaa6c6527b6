package dev.likeness.app.task;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The rules for labels of tasks, which are those of <a
 * href="https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/">Kubernetes</a>. A key is a name of 1 to 63
 * characters, after an optional DNS name and a slash. A value has 0 to 63 characters.
 */
public final class Labels {

    /** The most labels of a task. */
    public static final int MOST = 64;

    private static final int LONGEST = 63;
    private static final int LONGEST_PREFIX = 253;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([-_.A-Za-z0-9]*[A-Za-z0-9])?");
    private static final Pattern PREFIX =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    private Labels() {}

    /** Why a text is no key; empty if it is one. */
    public static Optional<String> wrongKey(String key) {
        int slash = key.indexOf('/');
        String prefix = slash < 0 ? null : key.substring(0, slash);
        if (prefix != null
                && !(prefix.length() <= LONGEST_PREFIX && PREFIX.matcher(prefix).matches())) {
            return Optional.of("must have a DNS name of at most 253 lower-case characters before the slash");
        }
        return isName(key.substring(slash + 1))
                ? Optional.empty()
                : Optional.of("must be 1 to 63 letters, digits, hyphens, underscores and dots that begin and end with a"
                        + " letter or digit, such as env or example.com/env");
    }

    /** Why a text is no value; empty if it is one. */
    public static Optional<String> wrongValue(String value) {
        return value.isEmpty() || isName(value)
                ? Optional.empty()
                : Optional.of(
                        "must be at most 63 letters, digits, hyphens, underscores and dots that begin and end with a"
                                + " letter or digit");
    }

    private static boolean isName(String text) {
        return text.length() <= LONGEST && NAME.matcher(text).matches();
    }
}
