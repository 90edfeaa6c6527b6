package dev.likeness.app.spec;

import dev.likeness.app.model.ModelCatalogue;
import dev.likeness.app.model.ModelIdentifiers;

/** What resolves specs with other models than those of the application. */
public final class TestSpecs {

    private TestSpecs() {}

    public static SpecDefaults defaults(SpecFiles files, ModelCatalogue models, SpecBinder binder) {
        return new SpecDefaults(files, models, binder);
    }

    public static SpecIdentifiers identifiers(ModelCatalogue models, ModelIdentifiers identifiers) {
        return new SpecIdentifiers(models, identifiers);
    }

    public static SamplingSpecs samplings(ModelCatalogue models, ModelSamplers samplers, SpecBinder binder) {
        return new SamplingSpecs(models, samplers, binder);
    }
}
