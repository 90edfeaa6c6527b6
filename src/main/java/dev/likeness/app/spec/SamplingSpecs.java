package dev.likeness.app.spec;

import dev.likeness.app.model.BaseModel;
import dev.likeness.app.model.ModelCatalogue;
import dev.likeness.app.picture.Libwebp;
import dev.likeness.app.picture.PictureFormat;
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
        checkFormat(sampling).ifPresent(violations::add);
        if (model != null) {
            violations.addAll(SpecRules.sizes(model, sampling));
            ClipSkip.check(model, sampling.settings().encoding().clipSkip()).ifPresent(violations::add);
            check(model, job.training().zeroTerminalSnr(), sampling).ifPresent(violations::add);
        }
        if (!violations.isEmpty()) {
            throw new InvalidSpecException(violations);
        }
        return sampling;
    }

    /** Checks whether the model has the losses, and the samplers of the images and of the prior images. */
    public List<Violation> check(JobSpec spec) {
        BaseModel model = models.get(spec.model());
        List<Violation> violations = new ArrayList<>(samplers.losses(model, spec.training()));
        if (!violations.isEmpty()) {
            return violations;
        }
        checkFormat(spec.sampling()).map(it -> it.within("sampling")).ifPresent(violations::add);
        boolean zeroTerminalSnr = spec.training().zeroTerminalSnr();
        // The untrained model samples, too: images that the trained one is compared with.
        check(model, false, spec.sampling())
                .or(() -> zeroTerminalSnr ? check(model, true, spec.sampling()) : Optional.empty())
                .map(it -> it.within("sampling"))
                .ifPresent(violations::add);
        PriorSpec prior = spec.prior();
        if (prior.enabled()) {
            checkPrior(model, zeroTerminalSnr && spec.baseJobId() != null, prior)
                    .ifPresent(violations::add);
        }
        return violations;
    }

    /** @param zeroTerminalSnr of a base job, whose weights sample the prior images */
    private Optional<Violation> checkPrior(BaseModel model, boolean zeroTerminalSnr, PriorSpec prior) {
        List<String> field = List.of("prior", SAMPLER);
        return samplers.check(model, false, field, prior.sampler(), prior.steps(), 0)
                .or(() -> zeroTerminalSnr
                        ? samplers.check(model, true, field, prior.sampler(), prior.steps(), 0)
                        : Optional.empty());
    }

    /** The worker encodes, on a platform like this one. */
    private static Optional<Violation> checkFormat(SamplingSpec sampling) {
        return sampling.imageFormat() == PictureFormat.WEBP
                ? Libwebp.missing()
                        .map(missing -> new Violation(
                                List.of("image_format"),
                                "webp cannot be written here, because %s; choose png or jpeg".formatted(missing),
                                "value_error"))
                : Optional.empty();
    }

    private Optional<Violation> check(BaseModel model, boolean zeroTerminalSnr, SamplingSpec sampling) {
        return samplers.check(
                model, zeroTerminalSnr, List.of(SAMPLER), sampling.sampler(), sampling.steps(), sampling.eta());
    }
}
