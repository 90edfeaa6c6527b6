package dev.likeness.app.job;

import dev.likeness.app.caption.CaptionSpecs;
import dev.likeness.app.model.BaseModel;
import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.ClassWords;
import dev.likeness.app.spec.ClipSkip;
import dev.likeness.app.spec.CropRules;
import dev.likeness.app.spec.EvaluationPrompts;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.spec.LoraRules;
import dev.likeness.app.spec.PivotalRules;
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
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.node.ObjectNode;

/** Resolves the specs of jobs. The request takes precedence over inherited settings, and these over the defaults. */
@Component
class JobSpecs {

    private static final String PRIOR = "prior";
    private static final JsonPointer PROMPTS = JsonPointer.compile("/evaluation/prompts");

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
                violations.addAll(start.checkLayers(spec));
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
            violations.addAll(PivotalRules.check(spec));
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
     * The request for a job like an earlier one with changes. It names the settings of the earlier job that are not the
     * defaults of its model, preset and method.
     *
     * @param changes any part of a spec; null resets a field to its default
     * @throws InvalidSpecException if the model of the earlier job does not exist any more, or a changed section is no object
     */
    ObjectNode changed(JobSpec before, String classWord, ObjectNode changes) {
        ObjectNode stored = binder.tree(before);
        ObjectNode chosen = stored.deepCopy().retain("model", "method", "base_job_id", "textual_inversion", PRIOR);
        // The number of class images follows from these two.
        ((ObjectNode) chosen.get(PRIOR)).retain(ClassImages.ID, ClassImages.MIX);
        ObjectNode usual = usual(chosen, stored);
        String optimizer = before.training().optimizer().wire();
        if (!optimizer.equals(usual.path("training").path("optimizer").asString())) {
            chosen.set("training", stored.objectNode().put("optimizer", optimizer));
            usual = usual(chosen, stored);
        }
        ObjectNode own = SpecBinder.difference(stored, usual);
        // The list of prompts is filled from its name, which can be changed.
        ObjectNode filled = SpecBinder.overlay(usual, own);
        ((ObjectNode) filled.get("evaluation"))
                .set("prompts", usual.path("evaluation").path("prompts"));
        evaluationPrompts.fill(filled, classWord);
        if (own.get("evaluation") instanceof ObjectNode section
                && filled.at(PROMPTS).equals(section.path("prompts"))) {
            section.remove("prompts");
        }
        own.put("model", before.model()).put("method", before.method()).put("identifier", before.identifier());
        forget(own, changes, "training", List.of("captions", "caption_source"));
        CropRules.giveWayInPlace(own, changes);
        if (changes.path(PRIOR).path(ClassImages.ID).isNull()) {
            forget(own, changes, PRIOR, List.of(ClassImages.ID, ClassImages.MIX));
        }
        return SpecBinder.replace(own, changes);
    }

    /** Fields that say the same are changed together: none of them is kept beside a change of another one. */
    private static void forget(ObjectNode own, ObjectNode changes, String section, List<String> fields) {
        if (own.get(section) instanceof ObjectNode fieldsOfSection
                && fields.stream().anyMatch(changes.path(section)::has)) {
            fieldsOfSection.remove(fields);
        }
    }

    /** The defaults of an earlier job, with its preset if that still exists; otherwise it is removed from the stored spec. */
    private ObjectNode usual(ObjectNode chosen, ObjectNode stored) {
        SpecDefaults.Choice choice;
        try {
            choice = defaults.choice(chosen.deepCopy().setAll(stored.deepCopy().retain("preset")));
        } catch (InvalidSpecException e) {
            stored.remove("preset");
            choice = defaults.choice(chosen);
        }
        return start.inherit(defaults.of(choice), chosen, choice.method());
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
        CropRules.agreeInPlace(merged, request);
        if (!merged.has("identifier")) {
            merged.put("identifier", identifier.apply(choice.model()));
        }
        merged.put("model", choice.model().id());
        merged.put("preset", choice.preset().map(Preset::id).orElse(null));
        evaluationPrompts.fill(merged, classWord);
        ClipSkip.fillSampling(merged);
        JobSpec spec = binder.bind(merged, JobSpec.class);
        List<Violation> violations = new ArrayList<>(SpecRules.sizes(choice.model(), spec));
        violations.addAll(RateRules.check(choice.model(), spec));
        violations.addAll(LoraRules.check(spec.lora()));
        violations.addAll(PivotalRules.check(spec));
        violations.addAll(SpecRules.clipSkips(choice.model(), spec));
        violations.addAll(CropRules.check(request, spec.training()));
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
