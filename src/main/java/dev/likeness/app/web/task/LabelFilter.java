package dev.likeness.app.web.task;

import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.task.Label;
import dev.likeness.app.task.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the labels that listed tasks must have: each is a key, a colon and a value. */
public final class LabelFilter {

    /** The name of the parameter, which may be sent several times. */
    public static final String PARAMETER = "label";

    private LabelFilter() {}

    /**
     * @param texts null for none
     * @throws InvalidSpecException unless each is a label
     */
    public static List<Label> read(@Nullable List<String> texts) {
        List<Violation> violations = new ArrayList<>();
        List<Label> labels = read(texts, violations);
        if (!violations.isEmpty()) {
            throw new InvalidSpecException(violations);
        }
        return labels;
    }

    /** As above, and adds what is wrong to the violations. */
    public static List<Label> read(@Nullable List<String> texts, List<Violation> violations) {
        List<Label> labels = new ArrayList<>();
        for (String text : texts == null ? List.<String>of() : texts) {
            int colon = text.indexOf(':');
            Optional<String> wrong = colon < 0
                    ? Optional.of("must be a key, a colon and a value, such as env:prod")
                    : Labels.wrongKey(text.substring(0, colon))
                            .map("the key "::concat)
                            .or(() ->
                                    Labels.wrongValue(text.substring(colon + 1)).map("the value "::concat));
            if (wrong.isPresent()) {
                violations.add(new Violation(List.of(PARAMETER), wrong.get(), "pattern_mismatch"));
            } else {
                labels.add(new Label(text.substring(0, colon), text.substring(colon + 1)));
            }
        }
        return labels;
    }
}
