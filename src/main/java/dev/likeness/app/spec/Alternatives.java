package dev.likeness.app.spec;

import java.util.List;

/** Joins possible names for messages. */
public final class Alternatives {

    private Alternatives() {}

    /** For instance "a, b or c". */
    public static String of(List<String> names) {
        int last = names.size() - 1;
        return last == 0 ? names.get(0) : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
    }
}
