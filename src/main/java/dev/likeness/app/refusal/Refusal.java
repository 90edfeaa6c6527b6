package dev.likeness.app.refusal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An exception that a client's request causes, with the content of the answer. */
public interface Refusal {

    RefusalKind kind();

    /** Key of the text in {@code problems/en.yml}: the class without {@code Exception}. Unused if there are violations. */
    default String text() {
        return getClass().getSimpleName().replaceFirst("Exception$", "");
    }

    /** Values of the placeholders in the text, by name. */
    default Map<String, Object> values() {
        return Map.of();
    }

    /** Invalid fields of the request. The first one is the text. */
    default List<Violation> violations() {
        return List.of();
    }

    /** How many violations the problem lists. Its text counts all of them. */
    default int listed() {
        return Integer.MAX_VALUE;
    }

    /** Further values, by name. */
    default Map<String, Object> figures() {
        return Map.of();
    }

    /** Time after which the same request can succeed; null if unknown. */
    default @Nullable Duration retryAfter() {
        return null;
    }
}
