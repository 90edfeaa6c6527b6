package dev.likeness.app.refusal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An invalid field of a request.
 *
 * @param location field names from the outermost on; list indices as decimal numbers
 * @param message readable text
 * @param type identifier of the rule: {@code missing}, {@code extra_forbidden}, {@code greater_than_equal}, …
 * @param context values of the rule, for instance {@code ge: 1}
 */
public record Violation(List<String> location, String message, String type, Map<String, Object> context) {

    public Violation {
        location = List.copyOf(location);
        context = Map.copyOf(context);
    }

    /** The same with its location inside another field. */
    public Violation within(String field) {
        List<String> around = new ArrayList<>(List.of(field));
        around.addAll(location);
        return new Violation(around, message, type, context);
    }

    /** A violation without context. */
    public Violation(List<String> location, String message, String type) {
        this(location, message, type, Map.of());
    }
}
