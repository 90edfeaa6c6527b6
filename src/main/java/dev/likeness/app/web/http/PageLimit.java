package dev.likeness.app.web.http;

import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.InvalidSpecException;
import java.util.List;

/** The number of entries of a page. */
public final class PageLimit {

    private static final int MAX = 100;

    private PageLimit() {}

    /** @throws InvalidSpecException if it is out of range */
    public static void check(int limit) {
        if (limit < 1 || limit > MAX) {
            throw new InvalidSpecException(
                    List.of(new Violation(List.of("limit"), "must be between 1 and " + MAX, "value_error")));
        }
    }
}
