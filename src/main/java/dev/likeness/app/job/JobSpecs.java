package dev.likeness.app.job;

import dev.likeness.app.caption.CaptionSpecs;
import dev.likeness.app.model.BaseModel;
import dev.likeness.app.model.ModelCatalogue;
import dev.likeness.app.model.ModelIdentifiers;
import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.ClassWords;
import dev.likeness.app.spec.EvaluationPrompts;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.spec.ModelSamplers;
import dev.likeness.app.spec.Preset;
import dev.likeness.app.spec.PriorSpec;
import dev.likeness.app.spec.PromptList;
import dev.likeness.app.spec.SamplingSpec;
import dev.likeness.app.spec.SpecBinder;
import dev.likeness.app.spec.SpecFiles;
import dev.likeness.app.spec.TrainingSpec;
import dev.likeness.diffusion.method.MethodType;
import dev.likeness.diffusion.method.Methods;
import dev.likeness.diffusion.schedule.LearningRate;
import dev.likeness.diffusion.token.Placeholder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Resolves specs. The request takes precedence over the preset, the preset over the model's defaults, and these over
 * the built-in ones.
 */
@Component
public class JobSpecs {

    private static final List<String> NAMED_SCHEDULES = List.of("constant", "linear", "cosine", "polynomial");

    private static final int MOST_EVALUATION_IMAGES = 4096;

    /** The defaults' section for single methods. */
    private static final String METHODS = "methods";

    private static final String WRONG_DEFAULTS = "its own defaults for a job, the spec in likeness.json, are wrong: ";

    private final SpecFiles files;
    private final ModelCatalogue models;
    private final ModelIdentifiers identifiers;
    private final BaseJobs baseJobs;
    private final UploadedEmbeddings uploads;
    private final Initializers initializers;
    private final ModelSamplers samplers;
    private final CaptionSpecs captions;
    private final EvaluationPrompts evaluationPrompts;
    private final SpecBinder binder;

    /**
     * Throws if the built-in defaults or a preset's settings are invalid, because no client can fix these. A model with
     * invalid defaults cannot be used.
     */
    JobSpecs(
            SpecFiles files,
            ModelCatalogue models,
            ModelIdentifiers identifiers,
            BaseJobs baseJobs,
            UploadedEmbeddings uploads,
            ModelSamplers samplers,
            CaptionSpecs captions,
            EvaluationPrompts evaluationPrompts,
            SpecBinder binder) {
        this.files = files;
        this.models = models;
        this.identifiers = identifiers;
        this.baseJobs = baseJobs;
        this.uploads = uploads;
        this.initializers = new Initializers(models, identifiers, baseJobs);
        this.samplers = samplers;
        this.captions = captions;
        this.evaluationPrompts = evaluationPrompts;
        this.binder = binder;
        // Any identifier is sufficient here, and a suggestion would load every model's tokenizer.
        Function<BaseModel, String> anyIdentifier = model -> "sks";
        for (BaseModel model : models.all()) {
            try {
                resolve(binder.tree(Map.of("model", model.id())), "", anyIdentifier);
            } catch (InvalidSpecException e) {
                models.refuse(model.id(), WRONG_DEFAULTS + e.getMessage());
            } catch (RuntimeException e) {
                models.refuse(model.id(), WRONG_DEFAULTS + e.getClass().getSimpleName());
            }
        }
        for (PromptList list : promptLists()) {
            check(list, anyIdentifier);
        }
        for (Preset preset : presets()) {
            if (models.find(preset.model()).isPresent()) {
                resolve(binder.tree(Map.of("preset", preset.id())), "", anyIdentifier);
            }
        }
    }

    private void check(PromptList list, Function<BaseModel, String> anyIdentifier) {
        // Any model is sufficient; the default one may be unusable.
        Optional<BaseModel> any = models.all().stream().findFirst();
        if (any.isEmpty()) {
            return;
        }
        try {
            resolve(
                    binder.tree(Map.of(
                            "model",
                            any.get().id(),
                            "evaluation",
                            Map.of("prompt_list", list.id(), "prompts_per_kind", 0))),
                    "",
                    anyIdentifier);
        } catch (InvalidSpecException e) {
            throw new IllegalStateException(
                    "the list of prompts %s cannot be used: %s".formatted(list.id(), e.getMessage()), e);
        }
    }

    public List<Preset> presets() {
        return List.copyOf(files.presets().values());
    }

    public List<PromptList> promptLists() {
        return evaluationPrompts.lists();
    }

    /** @throws InvalidSpecException with locations from the request's root: {@code class_word} and {@code spec} */
    JobDraft resolve(@Nullable String classWord, ObjectNode request) {
        String word = ClassWords.strip(classWord);
        List<Violation> violations = new ArrayList<>();
        ClassWords.check(word).ifPresent(violations::add);
        try {
            JobSpec spec = resolve(request, word, model -> firstSuggestion(model, word));
            checkIdentifier(spec, word).ifPresent(violations::add);
            baseJobs.check(spec).ifPresent(violations::add);
            uploads.check(spec).ifPresent(violations::add);
            if (violations.isEmpty()) {
                initializers.check(spec, word).ifPresent(violations::add);
            }
            violations.addAll(checkSamplers(spec));
            violations.addAll(equalPrompts(spec, word));
            if (violations.isEmpty()) {
                return new JobDraft(word, spec, null);
            }
        } catch (InvalidSpecException e) {
            e.violations().forEach(it -> violations.add(it.within("spec")));
        }
        throw new InvalidSpecException(violations);
    }

    /** @throws InvalidSpecException with locations from the request's root */
    public SamplingSpec resolveSampling(Job job, ObjectNode request) {
        ObjectNode merged = SpecBinder.overlay(binder.tree(job.spec().sampling()), request);
        SamplingSpec sampling = binder.bind(merged, SamplingSpec.class);
        BaseModel model = models.find(job.model()).orElse(null);
        List<Violation> violations = new ArrayList<>();
        if (model != null) {
            violations.addAll(sizes(model, sampling, List.of()));
            checkSampler(model, sampling, List.of()).ifPresent(violations::add);
        }
        if (!violations.isEmpty()) {
            throw new InvalidSpecException(violations);
        }
        return sampling;
    }

    /** @param identifier suggests an identifier if the request has none */
    private JobSpec resolve(ObjectNode request, String classWord, Function<BaseModel, String> identifier) {
        Optional<Preset> preset = text(request, "preset").map(this::preset);
        String modelId =
                text(request, "model").or(() -> preset.map(Preset::model)).orElseGet(models::defaultModel);
        BaseModel model = models.find(modelId).orElseThrow(() -> refuse("model", models.absence(modelId)));
        ObjectNode presetSpec = preset.map(it -> binder.tree(it.spec())).orElseGet(() -> binder.tree(Map.of()));
        ObjectNode merged = withMethodDefaults(model, text(request, "method").or(() -> text(presetSpec, "method")));
        merged = SpecBinder.overlay(merged, presetSpec);
        Optional<String> method = text(request, "method").or(() -> text(presetSpec, "method"));
        if (method.flatMap(Methods::find).filter(MethodType::hasMomentum).isPresent()) {
            ObjectNode defaults = merged;
            merged = text(request, "base_job_id")
                    .flatMap(JobSpecs::id)
                    .flatMap(baseJobs::momentum)
                    .map(it -> SpecBinder.overlay(defaults, binder.tree(Map.of("textual_inversion", it))))
                    .orElse(defaults);
        }
        Optional<UUID> upload = request.get("textual_inversion") instanceof ObjectNode inversion
                ? text(inversion, "adapter_id").flatMap(JobSpecs::id)
                : Optional.empty();
        if (upload.isPresent()) {
            ObjectNode theirs = binder.tree(Map.of("textual_inversion", uploads.defaults(upload.get())));
            merged = SpecBinder.overlay(merged, theirs);
        }
        merged = SpecBinder.overlay(merged, CaptionSpecs.withSource(request));
        if (!merged.has("identifier")) {
            merged.put("identifier", identifier.apply(model));
        }
        merged.put("model", modelId);
        merged.put("preset", preset.map(Preset::id).orElse(null));
        evaluationPrompts.fill(merged, classWord);
        JobSpec spec = binder.bind(merged, JobSpec.class);
        List<Violation> violations = new ArrayList<>(sizes(model, spec.sampling(), List.of("sampling")));
        multiple(model, spec.training().resolution(), List.of("training", "resolution"))
                .ifPresent(violations::add);
        learningRates(spec.training()).ifPresent(violations::add);
        violations.addAll(captions.check(spec));
        if (spec.evaluationImages() > MOST_EVALUATION_IMAGES) {
            violations.add(new Violation(
                    List.of("evaluation", "checkpoints"),
                    "checkpoints, prompts and images make %d images to judge by; at most %d are generated"
                            .formatted(spec.evaluationImages(), MOST_EVALUATION_IMAGES),
                    "value_error"));
        }
        if (!violations.isEmpty()) {
            throw new InvalidSpecException(violations);
        }
        return spec;
    }

    /** The binder refuses invalid ids. */
    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Violation> learningRates(TrainingSpec training) {
        String schedule = training.learningRateSchedule();
        if (NAMED_SCHEDULES.contains(schedule)) {
            return Optional.empty();
        }
        try {
            LearningRate.parse(schedule, training.steps());
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            String message = "must be one of %s, or a list of rates: %s"
                    .formatted(String.join(", ", NAMED_SCHEDULES), e.getMessage());
            return Optional.of(new Violation(List.of("training", "learning_rate_schedule"), message, "value_error"));
        }
    }

    /** The built-in defaults, overridden by the model's, overridden by those of the method. */
    private ObjectNode withMethodDefaults(BaseModel model, Optional<String> method) {
        ObjectNode builtIn = files.defaults();
        ObjectNode own = binder.tree(model.defaults());
        JsonNode builtInMethods = builtIn.remove(METHODS);
        JsonNode ownMethods = own.remove(METHODS);
        ObjectNode merged = SpecBinder.overlay(builtIn, own);
        String name = method.or(() -> text(merged, "method")).orElse("");
        for (JsonNode methods : new JsonNode[] {builtInMethods, ownMethods}) {
            if (methods != null && methods.get(name) instanceof ObjectNode defaults) {
                merged.setAll(SpecBinder.overlay(merged, defaults));
            }
        }
        return merged;
    }

    private Preset preset(String id) {
        Preset preset = files.presets().get(id);
        if (preset == null) {
            throw refuse("preset", "there is no preset %s".formatted(id));
        }
        return preset;
    }

    private static Optional<String> text(ObjectNode request, String field) {
        JsonNode value = request.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isString()) {
            throw new InvalidSpecException(List.of(new Violation(List.of(field), "must be a string", "type_error")));
        }
        return Optional.of(value.asString());
    }

    private String firstSuggestion(BaseModel model, String classWord) {
        return identifiers.suggest(model, classWord, 1).get(0).identifier();
    }

    private Optional<Violation> checkIdentifier(JobSpec spec, String classWord) {
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
        return Optional.ofNullable(refusal).map(it -> new Violation(List.of("spec", "identifier"), it, "value_error"));
    }

    private List<Violation> checkSamplers(JobSpec spec) {
        BaseModel model = models.get(spec.model());
        List<Violation> violations = new ArrayList<>();
        checkSampler(model, spec.sampling(), List.of("spec", "sampling")).ifPresent(violations::add);
        PriorSpec prior = spec.prior();
        if (prior.enabled()) {
            samplers.check(model, List.of("spec", "prior", "sampler"), prior.sampler(), prior.steps(), 0)
                    .ifPresent(violations::add);
        }
        return violations;
    }

    private Optional<Violation> checkSampler(BaseModel model, SamplingSpec sampling, List<String> prefix) {
        return samplers.check(model, append(prefix, "sampler"), sampling.sampler(), sampling.steps(), sampling.eta());
    }

    /** Scores are told apart by their expanded prompts. */
    private static List<Violation> equalPrompts(JobSpec spec, String classWord) {
        List<Violation> violations = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        List<String> prompts = spec.sampling().prompts();
        for (int i = 0; i < prompts.size(); i++) {
            Integer former = seen.putIfAbsent(spec.expand(prompts.get(i), classWord), i);
            if (former != null) {
                violations.add(new Violation(
                        List.of("spec", "sampling", "prompts", Integer.toString(i)),
                        "is the same as prompt %d, \"%s\", once placeholders are replaced"
                                .formatted(former, prompts.get(former)),
                        "duplicate"));
            }
        }
        return violations;
    }

    private static List<Violation> sizes(BaseModel model, SamplingSpec sampling, List<String> prefix) {
        List<Violation> violations = new ArrayList<>();
        multiple(model, sampling.width(), append(prefix, "width")).ifPresent(violations::add);
        multiple(model, sampling.height(), append(prefix, "height")).ifPresent(violations::add);
        return violations;
    }

    private static Optional<Violation> multiple(BaseModel model, int size, List<String> location) {
        if (size % model.sizeMultiple() == 0) {
            return Optional.empty();
        }
        String message = String.format(Locale.ROOT, "must be a multiple of %d for this model", model.sizeMultiple());
        return Optional.of(new Violation(location, message, "multiple_of", Map.of("value", model.sizeMultiple())));
    }

    private static InvalidSpecException refuse(String field, String message) {
        return new InvalidSpecException(List.of(new Violation(List.of(field), message, "unknown")));
    }

    private static List<String> append(List<String> prefix, String field) {
        List<String> location = new ArrayList<>(prefix);
        location.add(field);
        return location;
    }
}
