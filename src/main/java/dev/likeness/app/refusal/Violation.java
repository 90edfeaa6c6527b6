package dev.likeness.app.refusal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is wrong with one field of a request.
 *
 * @param location field names on the way to it, outermost first; list indices as decimal numbers
 * @param message for people
 * @param type what kind of wrong, for programs: {@code missing}, {@code extra_forbidden}, {@code greater_than_equal}, …
 * @param context the figures of the rule, for instance {@code ge: 1}
 */
public record Violation(List<String> location, String message, String type, Map<String, Object> context) {

    public Violation {
        location = List.copyOf(location);
        context = Map.copyOf(context);
    }

    /** The same, as seen from what is around the field's object. */
    public Violation within(String field) {
        List<String> around = new ArrayList<>(List.of(field));
        around.addAll(location);
        return new Violation(around, message, type, context);
    }

    /** Without figures. */
    public Violation(List<String> location, String message, String type) {
        this(location, message, type, Map.of());
    }
}
