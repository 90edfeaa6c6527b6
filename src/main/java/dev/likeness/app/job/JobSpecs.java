package dev.likeness.app.job;

import dev.likeness.app.caption.CaptionSpecs;
import dev.likeness.app.model.BaseModel;
import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.ClassWords;
import dev.likeness.app.spec.EvaluationPrompts;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.spec.Preset;
import dev.likeness.app.spec.RateRules;
import dev.likeness.app.spec.SamplingSpecs;
import dev.likeness.app.spec.SpecBinder;
import dev.likeness.app.spec.SpecDefaults;
import dev.likeness.app.spec.SpecIdentifiers;
import dev.likeness.app.spec.SpecRules;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Resolves the specs of jobs. The request takes precedence over inherited settings, and these over the defaults. */
@Component
class JobSpecs {

    private final SpecDefaults defaults;
    private final StartingPoint start;
    private final SpecIdentifiers identifiers;
    private final SamplingSpecs sampling;
    private final CaptionSpecs captions;
    private final EvaluationPrompts evaluationPrompts;
    private final SpecBinder binder;

    JobSpecs(
            SpecDefaults defaults,
            StartingPoint start,
            SpecIdentifiers identifiers,
            SamplingSpecs sampling,
            CaptionSpecs captions,
            EvaluationPrompts evaluationPrompts,
            SpecBinder binder) {
        this.defaults = defaults;
        this.start = start;
        this.identifiers = identifiers;
        this.sampling = sampling;
        this.captions = captions;
        this.evaluationPrompts = evaluationPrompts;
        this.binder = binder;
    }

    /** @throws InvalidSpecException with locations from the request's root: {@code class_word} and {@code spec} */
    JobDraft resolve(@Nullable String classWord, ObjectNode request) {
        String word = ClassWords.strip(classWord);
        List<Violation> violations = new ArrayList<>();
        ClassWords.check(word).ifPresent(violations::add);
        try {
            JobSpec spec = resolve(request, word, model -> identifiers.suggest(model, word));
            identifiers.check(spec, word).map(JobSpecs::withinSpec).ifPresent(violations::add);
            violations.addAll(start.check(spec));
            if (violations.isEmpty()) {
                start.checkInitializer(spec, word).ifPresent(violations::add);
            }
            sampling.check(spec).forEach(it -> violations.add(withinSpec(it)));
            SpecRules.equalPrompts(spec, word).forEach(it -> violations.add(withinSpec(it)));
            if (violations.isEmpty()) {
                return new JobDraft(word, spec, null);
            }
        } catch (InvalidSpecException e) {
            e.violations().forEach(it -> violations.add(withinSpec(it)));
        }
        throw new InvalidSpecException(violations);
    }

    /**
     * Checks the spec of an earlier job for a further one: what it refers to can have changed.
     *
     * @param complete all fields
     * @throws InvalidSpecException with locations from the request's root
     */
    JobSpec recheck(ObjectNode complete, String classWord) {
        List<Violation> violations = new ArrayList<>();
        try {
            ObjectNode named = complete.deepCopy().retain("model");
            JobSpec spec = binder.bind(complete, JobSpec.class);
            BaseModel model = defaults.choice(named).model();
            violations.addAll(SpecRules.sizes(model, spec));
            violations.addAll(RateRules.check(model, spec));
            SpecRules.evaluationImages(spec).ifPresent(violations::add);
            violations.addAll(sampling.check(spec));
            violations.replaceAll(JobSpecs::withinSpec);
            violations.addAll(start.check(spec));
            if (violations.isEmpty()) {
                return spec;
            }
        } catch (InvalidSpecException e) {
            e.violations().forEach(it -> violations.add(withinSpec(it)));
        }
        throw new InvalidSpecException(violations);
    }

    /**
     * Resolves a spec and checks what needs no other job, no adapter and no class word.
     *
     * @param identifier suggests an identifier if the request has none
     * @throws InvalidSpecException with locations relative to the spec
     */
    JobSpec resolve(ObjectNode request, String classWord, Function<BaseModel, String> identifier) {
        SpecDefaults.Choice choice = defaults.choice(request);
        ObjectNode merged = start.inherit(defaults.of(choice), request, choice.method());
        merged = SpecBinder.overlay(merged, CaptionSpecs.withSource(request));
        if (!merged.has("identifier")) {
            merged.put("identifier", identifier.apply(choice.model()));
        }
        merged.put("model", choice.model().id());
        merged.put("preset", choice.preset().map(Preset::id).orElse(null));
        evaluationPrompts.fill(merged, classWord);
        JobSpec spec = binder.bind(merged, JobSpec.class);
        List<Violation> violations = new ArrayList<>(SpecRules.sizes(choice.model(), spec));
        violations.addAll(RateRules.check(choice.model(), spec));
        violations.addAll(captions.check(spec));
        SpecRules.evaluationImages(spec).ifPresent(violations::add);
        if (!violations.isEmpty()) {
            throw new InvalidSpecException(violations);
        }
        return spec;
    }

    /**
     * Keeps what a spec names from being deleted before the end of the transaction.
     *
     * @throws InvalidSpecException if it was deleted since the draft
     */
    void hold(JobSpec spec) {
        start.hold(spec);
    }

    private static Violation withinSpec(Violation violation) {
        return violation.within("spec");
    }
}
