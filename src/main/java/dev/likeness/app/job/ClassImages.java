package dev.likeness.app.job;

import dev.likeness.app.classimage.ClassSets;
import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.spec.PriorSpec;
import dev.likeness.app.spec.RequestFields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks whether a job can train with the images of a class set. */
@Component
class ClassImages {

    private static final int MOST = 1000;

    private static final String SECTION = "prior";
    static final String ID = "class_set_id";
    static final String MIX = "mix";

    private final ClassSets sets;

    ClassImages(ClassSets sets) {
        this.sets = sets;
    }

    /**
     * Settings of a request that names a set, unless it sets them: prior preservation with the whole set, and as many
     * generated images as its mix needs.
     */
    Map<String, Object> defaults(ObjectNode request) {
        Optional<UUID> id = RequestFields.id(request, SECTION, ID);
        OptionalInt images = id.map(sets::hold).orElse(OptionalInt.empty());
        if (images.isEmpty()) {
            return Map.of();
        }
        JsonNode mix = request.path(SECTION).path(MIX);
        double share = mix.isNumber() ? mix.doubleValue() : 1;
        if (!(share > 0 && share <= 1)) {
            return Map.of(SECTION, Map.of("enabled", true));
        }
        int all = (int) Math.min(MOST, Math.max(1, Math.floor(images.getAsInt() / share)));
        return Map.of(SECTION, Map.of("enabled", true, "images", all));
    }

    /** Inside a transaction the set cannot be deleted before its end. Locations are from the request's root. */
    Optional<Violation> check(JobSpec spec) {
        PriorSpec prior = spec.prior();
        UUID id = prior.classSetId();
        if (id == null) {
            return prior.mix() == null
                    ? Optional.empty()
                    : refuse(
                            MIX,
                            "needs prior.class_set_id, because it is the share of that set's images",
                            "value_error");
        }
        if (!prior.enabled()) {
            return refuse(ID, "has no effect, because prior.enabled is false; omit one of them", "value_error");
        }
        OptionalInt images = sets.hold(id);
        if (images.isEmpty()) {
            return refuse(ID, "there is no class set %s".formatted(id), "unknown");
        }
        return prior.own() <= images.getAsInt()
                ? Optional.empty()
                : refuse(
                        "images",
                        "must be lower, or prior.mix: the job would take %d images of class set %s, which has %d"
                                .formatted(prior.own(), id, images.getAsInt()),
                        "less_than_equal");
    }

    private static Optional<Violation> refuse(String field, String message, String type) {
        return Optional.of(new Violation(List.of("spec", SECTION, field), message, type));
    }
}
