package dev.likeness.app.spec;

import dev.likeness.app.model.BaseModel;
import dev.likeness.app.model.ModelCatalogue;
import dev.likeness.app.model.ModelIdentifiers;
import dev.likeness.app.refusal.Violation;
import dev.likeness.diffusion.token.Placeholder;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Suggests and checks the identifier of a spec. */
@Component
public class SpecIdentifiers {

    private final ModelCatalogue models;
    private final ModelIdentifiers identifiers;

    SpecIdentifiers(ModelCatalogue models, ModelIdentifiers identifiers) {
        this.models = models;
        this.identifiers = identifiers;
    }

    /** For a request without an identifier. */
    public String suggest(BaseModel model, String classWord) {
        return identifiers.suggest(model, classWord, 1).get(0).identifier();
    }

    /** Checks that the model gives the identifier no meaning. The location is relative to the spec. */
    public Optional<Violation> check(JobSpec spec, String classWord) {
        BaseModel model = models.get(spec.model());
        // A placeholder token is made from it, which has no meaning yet.
        String refusal = spec.usesTextualInversion()
                ? identifiers.newTokenRefusal(
                        model,
                        new Placeholder(
                                        spec.placeholderToken(),
                                        spec.textualInversion().vectors())
                                .tokens())
                : identifiers.check(model, spec.identifier(), classWord).refusal();
        return Optional.ofNullable(refusal).map(it -> new Violation(List.of("identifier"), it, "value_error"));
    }
}
