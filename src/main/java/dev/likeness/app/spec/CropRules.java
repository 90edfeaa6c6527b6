package dev.likeness.app.spec;

import dev.likeness.app.refusal.Violation;
import dev.likeness.diffusion.data.CropMode;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules about crops. {@code random_crop}, the older field, says the same as {@code crop: random}. */
public final class CropRules {

    private static final String TRAINING = "training";
    private static final String CROP = "crop";
    private static final String RANDOM_CROP = "random_crop";

    private CropRules() {}

    /**
     * A request that sets one of both fields sets the other one, too, so that a default of it does not contradict.
     *
     * @param merged the spec with defaults
     * @param request any part of the spec
     */
    public static void agreeInPlace(ObjectNode merged, ObjectNode request) {
        JsonNode crop = request.path(TRAINING).path(CROP);
        JsonNode random = request.path(TRAINING).path(RANDOM_CROP);
        if (!(merged.get(TRAINING) instanceof ObjectNode training)) {
            return;
        }
        if (crop.isString() && !random.isBoolean()) {
            training.put(RANDOM_CROP, isRandom(crop));
        } else if (!crop.isString() && random.isBoolean() && random.booleanValue() != isRandom(training.path(CROP))) {
            training.put(CROP, (random.booleanValue() ? CropMode.RANDOM : CropMode.CENTER).wire());
        }
    }

    /**
     * Removes what contradicts changes of one of both fields.
     *
     * @param spec any part of a spec that does not contradict itself
     * @param changes any part of a spec
     */
    public static void giveWayInPlace(ObjectNode spec, ObjectNode changes) {
        JsonNode changed = changes.path(TRAINING);
        if (spec.get(TRAINING) instanceof ObjectNode training && (changed.has(CROP) || changed.has(RANDOM_CROP))) {
            training.remove(RANDOM_CROP);
            if (changed.path(RANDOM_CROP).asBoolean(false) || isRandom(training.path(CROP))) {
                training.remove(CROP);
            }
        }
    }

    private static boolean isRandom(JsonNode crop) {
        return crop.isString() && crop.asString().equals(CropMode.RANDOM.wire());
    }

    /**
     * Both fields must not contradict each other, and crop boxes must lie inside their pictures. Locations are relative to the
     * spec.
     *
     * @param request any part of the spec
     */
    public static List<Violation> check(ObjectNode request, TrainingSpec training) {
        List<Violation> violations = new ArrayList<>();
        JsonNode crop = request.path(TRAINING).path(CROP);
        JsonNode random = request.path(TRAINING).path(RANDOM_CROP);
        if (crop.isString() && random.isBoolean() && random.booleanValue() != isRandom(crop)) {
            violations.add(new Violation(
                    List.of(TRAINING, RANDOM_CROP),
                    "cannot be %s with crop %s; omit one of them".formatted(random.booleanValue(), crop.asString()),
                    "value_error"));
        }
        for (int i = 0; i < training.cropBoxes().size(); i++) {
            if (!training.cropBoxes().get(i).fits()) {
                violations.add(new Violation(
                        List.of(TRAINING, "crop_boxes", Integer.toString(i)),
                        "must end inside the picture: x + width and y + height are at most 1",
                        "value_error"));
            }
        }
        return violations;
    }
}
