package dev.likeness.app.spec;

import dev.likeness.app.model.BaseModel;
import dev.likeness.app.model.ModelCatalogue;
import dev.likeness.app.refusal.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Resolves sampling settings, and checks the samplers of a spec. */
@Component
public class SamplingSpecs {

    private static final String SAMPLER = "sampler";

    private final ModelCatalogue models;
    private final ModelSamplers samplers;
    private final SpecBinder binder;

    SamplingSpecs(ModelCatalogue models, ModelSamplers samplers, SpecBinder binder) {
        this.models = models;
        this.samplers = samplers;
        this.binder = binder;
    }

    /**
     * Applies a request over the sampling settings of a job.
     *
     * @throws InvalidSpecException with locations from the request's root
     */
    public SamplingSpec resolve(JobSpec job, ObjectNode request) {
        ObjectNode merged = SpecBinder.overlay(binder.tree(job.sampling()), request);
        SamplingSpec sampling = binder.bind(merged, SamplingSpec.class);
        BaseModel model = models.find(job.model()).orElse(null);
        List<Violation> violations = new ArrayList<>();
        if (model != null) {
            violations.addAll(SpecRules.sizes(model, sampling));
            check(model, sampling).ifPresent(violations::add);
        }
        if (!violations.isEmpty()) {
            throw new InvalidSpecException(violations);
        }
        return sampling;
    }

    /** Checks whether the model has the samplers of the images and of the prior images. */
    public List<Violation> check(JobSpec spec) {
        BaseModel model = models.get(spec.model());
        List<Violation> violations = new ArrayList<>();
        check(model, spec.sampling()).map(it -> it.within("sampling")).ifPresent(violations::add);
        PriorSpec prior = spec.prior();
        if (prior.enabled()) {
            samplers.check(model, List.of("prior", SAMPLER), prior.sampler(), prior.steps(), 0)
                    .ifPresent(violations::add);
        }
        return violations;
    }

    private Optional<Violation> check(BaseModel model, SamplingSpec sampling) {
        return samplers.check(model, List.of(SAMPLER), sampling.sampler(), sampling.steps(), sampling.eta());
    }
}
