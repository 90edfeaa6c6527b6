package dev.likeness.app.caption;

import dev.likeness.app.model.Captioners;
import dev.likeness.app.model.ModelCaptioner;
import dev.likeness.app.model.ModelCatalogue;
import dev.likeness.app.model.NoCaptionerException;
import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.spec.SpecBinder;
import dev.likeness.app.spec.TrainingCaptions;
import dev.likeness.diffusion.wire.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Resolves the settings of proposed captions, and validates captions. */
@Component
public class CaptionSpecs {

    private static final String CAPTIONS = "captions";

    private final ModelCatalogue models;
    private final Captioners captioners;
    private final SpecBinder binder;

    CaptionSpecs(ModelCatalogue models, Captioners captioners, SpecBinder binder) {
        this.models = models;
        this.captioners = captioners;
        this.binder = binder;
    }

    /**
     * Applies the request over the defaults.
     *
     * @throws InvalidSpecException with locations from the request's root
     */
    CaptionSpec resolve(ObjectNode request) {
        ObjectNode defaults = binder.tree(CaptionSpec.defaults(models.defaultModel()));
        CaptionSpec spec = binder.bind(SpecBinder.overlay(defaults, request), CaptionSpec.class);
        Optional<Violation> violation = models.find(spec.model()).isEmpty()
                ? Optional.of(violation(List.of("model"), models.absence(spec.model()), "unknown"))
                : captioner(spec.model(), List.of("model")).or(() -> tokensLeft(spec));
        violation.ifPresent(it -> {
            throw new InvalidSpecException(List.of(it));
        });
        return spec;
    }

    /**
     * The client's captions of a subject.
     *
     * @param pictures of the subject
     * @throws InvalidSpecException unless there is one for each picture
     */
    List<String> texts(ObjectNode request, int pictures) {
        if (!request.hasNonNull(CAPTIONS)) {
            String message = "is required: one caption for " + each(pictures);
            throw new InvalidSpecException(List.of(violation(List.of(CAPTIONS), message, "missing")));
        }
        List<String> texts = binder.bind(request, CaptionTexts.class).captions();
        count(texts.size(), pictures, List.of(CAPTIONS)).ifPresent(violation -> {
            throw new InvalidSpecException(List.of(violation));
        });
        return texts;
    }

    /** A request with captions also sets their source, so that a preset's source does not apply. */
    public static ObjectNode withSource(ObjectNode request) {
        JsonNode captions = request.at("/training/captions");
        if (!captions.isArray() && !captions.isString()
                || request.at("/training/caption_source").isString()) {
            return request;
        }
        ObjectNode named = request.deepCopy();
        ((ObjectNode) named.get("training"))
                .put(
                        "caption_source",
                        captions.isString() ? captions.asString() : TrainingCaptions.Source.GIVEN.wire());
        return named;
    }

    /** Validates the captions of a job, as far as possible without the pictures. */
    public List<Violation> check(JobSpec spec) {
        TrainingCaptions captions = spec.training().captions();
        if (!captions.texts().isEmpty() && spec.training().captionSource() != null) {
            return List.of(violation(
                    List.of("training", "caption_source"),
                    "must be \"given\" or omitted, because the request contains captions",
                    "value_error"));
        }
        if (captions.source() == TrainingCaptions.Source.AUTO) {
            return captioner(spec.model(), List.of("training", CAPTIONS)).stream()
                    .toList();
        }
        return binder.violations(new CaptionTexts(captions.texts())).stream()
                .map(it -> it.within("training"))
                .toList();
    }

    /** Checks that there is one caption for each picture. */
    public static Optional<Violation> count(int captions, int pictures, List<String> location) {
        if (captions == pictures) {
            return Optional.empty();
        }
        return Optional.of(new Violation(
                location,
                "must have one caption for %s, not %s".formatted(each(pictures), Quantity.of(captions, "caption")),
                "wrong_length",
                Map.of("min", pictures, "max", pictures)));
    }

    private static String each(int pictures) {
        return pictures == 1 ? "the only picture" : "each of the %d pictures".formatted(pictures);
    }

    private Optional<Violation> captioner(String model, List<String> location) {
        try {
            captioners.of(model);
            return Optional.empty();
        } catch (NoCaptionerException e) {
            return Optional.of(violation(location, e.reason(), "no_captioner"));
        }
    }

    /** Checks that a caption may be longer than its given beginning. */
    private Optional<Violation> tokensLeft(CaptionSpec spec) {
        if (!(captioners.of(spec.model()) instanceof ModelCaptioner.Blip blip)) {
            return Optional.empty();
        }
        try {
            // One more for the start token.
            int begun = captioners.tokens(blip, spec.prompt()) + 1;
            return begun < spec.maxLength()
                    ? Optional.empty()
                    : Optional.of(new Violation(
                            List.of("max_length"),
                            "must be greater than %d, the number of tokens of the prompt and the start token"
                                    .formatted(begun),
                            "greater_than",
                            Map.of("value", begun)));
        } catch (NoCaptionerException e) {
            return Optional.of(violation(List.of("model"), e.reason(), "no_captioner"));
        }
    }

    private static Violation violation(List<String> location, String message, String type) {
        return new Violation(location, message, type);
    }
}
