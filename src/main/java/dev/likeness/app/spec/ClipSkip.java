package dev.likeness.app.spec;

import dev.likeness.app.model.BaseModel;
import dev.likeness.app.refusal.Violation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The field {@code clip_skip}: layers at the end of the text encoders that their states skip. */
public final class ClipSkip {

    /** Text encoders have at most so many layers. */
    public static final int MOST = 48;

    private static final String FIELD = "clip_skip";

    private ClipSkip() {}

    /** A model cannot skip more layers than it has. The location is the field alone. */
    public static Optional<Violation> check(BaseModel model, int skipped) {
        int most = model.mostClipSkip();
        if (skipped <= most) {
            return Optional.empty();
        }
        String message =
                "must be at most %d: the text encoders of %s have no more layers to skip".formatted(most, model.id());
        return Optional.of(new Violation(List.of(FIELD), message, "less_than_equal", Map.of("value", most)));
    }

    /** Images skip the layers that training skips, unless the spec says otherwise. A wrong number is reported once. */
    public static void fillSampling(ObjectNode spec) {
        JsonNode trained = spec.path("training").path(FIELD);
        if (spec.get("sampling") instanceof ObjectNode sampling
                && sampling.path(FIELD).isNull()
                && trained.isInt()
                && trained.intValue() >= 0
                && trained.intValue() <= MOST) {
            sampling.set(FIELD, trained);
        }
    }
}
